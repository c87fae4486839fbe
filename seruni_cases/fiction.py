"""Words for demonstration data. Every person is invented and marked; no number is assigned.

Telephone numbers use the prefix 0810, which no operator holds; NIK use the region 99.
The shares are those of the national summary of 2024 (kekerasan.kemenpppa.go.id, press figures).
"""

FIRST = (
    "Sari Wulan Ratna Melati Kenanga Anggrek Dahlia Seruni Mawar Cempaka Lestari Puspita Ayu Rahayu "
    "Utami Ningrum Kartika Saraswati Nirmala Larasati Widuri Safitri Hapsari Kirana Pertiwi Andini"
).split()
MALE = "Bagas Wibisono Satria Panji Galih Bimo Aji Damar Lintang Surya Bayu Banyu Guntur Elang".split()
LAST = (
    "Prameswari Wijayanti Kusumaningrum Purnamasari Susilowati Handayani Setyorini Wulandari "
    "Indriani Pratiwi Maharani Anggraeni Suryani Rahmawati Yuliani Astuti"
).split()

VIOLENCE = {
    "SEKSUAL": 14465,
    "FISIK": 11373,
    "PSIKIS": 9799,
    "LAIN": 3260,
    "TELANTAR": 2588,
    "TRAFIK": 471,
    "EKSPLOITASI": 386,
}
SECOND_FORM = 0.225  # forms per survivor in the same summary: 42,342 / 34,561
PLACES = {
    "RT": 20681,
    "KOS": 2900,
    "HOTEL": 1700,
    "DARING": 1500,
    "LAIN": 1222,
    "FASUM": 2481,
    "JALAN": 1000,
    "SEKOLAH": 2520,
    "KERJA": 455,
    "LPK": 102,
}
RELATIONS = {
    "PACAR": 3400,
    "TEMAN": 2064,
    "PASANGAN": 4100,
    "MANTAN": 667,
    "LAIN": 1600,
    "DARING": 1100,
    "ASING": 860,
    "ORTU": 2500,
    "TIRI": 934,
    "unknown": 2838,
    "TETANGGA": 2256,
    "KELUARGA": 1000,
    "KAKEK": 640,
    "GURU": 700,
    "USTAZ": 178,
    "REKAN": 196,
    "MAJIKAN": 130,
}
SEXES = {"P": 27666, "L": 6895}
# years of age -> share (our estimate: children a little under half, as in the city's own counts)
AGES = {(1, 5): 5, (6, 12): 15, (13, 17): 24, (18, 24): 16, (25, 44): 32, (45, 59): 7, (60, 79): 1}
CHANNELS = {"LANGSUNG": 40, "TELEPON": 18, "WA": 20, "RUJUKAN": 8, "JPPA": 6, "PPTK": 4, "SAPA129": 4}
REPORTERS = {"SENDIRI": 45, "ORTU": 20, "KELUARGA": 12, "TETANGGA": 7, "GURU": 6, "KADER": 6, "ANONIM": 4}
SERVICES = {
    "KONSULTASI": 20,
    "ASESMEN": 18,
    "KONSELING": 22,
    "DAMPING_HUKUM": 10,
    "KONSEL_HUKUM": 9,
    "VISUM": 7,
    "JANGKAU": 7,
    "BEROBAT": 4,
    "ROHANI": 3,
    "DOKUMEN": 2,
    "EKONOMI": 2,
}
REFERRED = {"VISUM": 45, "BEROBAT": 30, "KONSELING": 25}
CLOSURES = {"T1": 60, "T2": 14, "T4": 6, "T6": 10, "T8": 5, "T9": 5}
NOT_CASES = {
    "konsultasi": 50,
    "dilimpahkan": 16,
    "bukan_kasus": 18,
    "tak_terhubung": 2,
    "palsu_terindikasi": 2,
}
EDUCATION = {"SD": 20, "SMP": 24, "SMA": 34, "S1": 12, "TK": 4, "TS": 3, "not_asked": 3}
WORK = {"PELAJAR": 40, "IRT": 22, "SWASTA": 20, "TIDAK": 10, "DAGANGTANI": 5, "unknown": 3}

SUMMARIES = (
    "Penelepon menyampaikan bahwa ia tidak merasa aman di rumah dan meminta didengarkan.",
    "Orang tua menyampaikan perubahan sikap anak dan meminta pendampingan.",
    "Tetangga mendengar keributan berulang dan meminta petugas memeriksa keadaan.",
    "Guru menyampaikan cerita murid dan menanyakan langkah berikutnya.",
    "Penyintas datang sendiri, meminta informasi tentang pilihan layanan.",
)
NOTES = (
    "Penyintas menceritakan keadaannya sebatas yang ia mau. Langkah berikut disepakati bersama.",
    "Keadaan lebih tenang. Penyintas meminta waktu sebelum memutuskan langkah hukum.",
    "Dukungan keluarga ada. Rencana keselamatan dibahas dan disetujui penyintas.",
)
