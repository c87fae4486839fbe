"""Words of the demonstration: invented people, and what offices usually do for the six duties."""

FIRST = {
    "P": ["Rini", "Sulastri", "Endang", "Nurul", "Wahyuni", "Ratna", "Indah", "Maya", "Tri", "Yuliana"],
    "L": ["Bambang", "Slamet", "Agung", "Heru", "Joko", "Arif", "Eko", "Yudi", "Rizal", "Wawan"],
}
LAST = [
    "Astuti",
    "Prasetyo",
    "Widodo",
    "Kusumawati",
    "Hidayat",
    "Saputra",
    "Lestari",
    "Nugraheni",
    "Purnomo",
    "Setiawan",
    "Wijayanti",
    "Rahmawati",
]
POSITIONS = [
    "Kepala Subbagian Perencanaan dan Evaluasi",
    "Perencana Ahli Muda",
    "Kepala Subbagian Umum dan Kepegawaian",
    "Analis Kebijakan Ahli Muda",
    "Pengelola Data",
    "Kepala Seksi Pemberdayaan",
]
UNITS = ["Sekretariat", "Bidang Perencanaan", "Bidang Pelayanan", "Bidang Data", "Seksi Kesejahteraan"]
PLACES = [
    "Ruang rapat lantai 2",
    "Aula kantor",
    "Daring",
    "Halaman kantor",
    "Balai kelurahan",
    "Ruang pertemuan Bappeda",
]
# duty -> [(activity, result)]
ACTIVITIES = {
    1: [
        (
            "Promosi PUG saat apel pagi",
            "Seluruh pegawai mendengar pengantar PUG. Bulan depan tiap bidang membawa satu contoh.",
        ),
        (
            "Pemasangan poster PUG di ruang layanan",
            "Poster terpasang di enam titik layanan. Petugas loket menjelaskan isinya kepada warga.",
        ),
    ],
    2: [
        (
            "Pendampingan penyusunan GAP dan GBS",
            "Tiga subkegiatan sudah punya GAP dan GBS. Dokumen diserahkan ke Bappeda untuk ditelaah.",
        ),
        (
            "Rapat Renja yang responsif gender",
            "Indikator penerima perempuan dan laki-laki masuk ke dua subkegiatan Renja tahun depan.",
        ),
    ],
    3: [
        (
            "Sosialisasi PUG bagi pejabat dan staf",
            "Peserta mampu menyebut empat aspek analisis gender. Disepakati pelatihan lanjutan.",
        ),
        (
            "Pelatihan PPRG untuk perencana",
            "Peserta menyelesaikan satu lembar GAP. Dua bidang meminta pendampingan sesudahnya.",
        ),
    ],
    4: [
        (
            "Laporan semester PUG kepada pimpinan",
            "Laporan diterima pimpinan dan diberi arahan untuk melengkapi data terpilah.",
        ),
    ],
    5: [
        (
            "Analisis gender program prioritas",
            "Ditemukan kesenjangan akses pada layanan sore hari. Jadwal layanan akan ditinjau.",
        ),
        (
            "Telaah ulang lembar GAP",
            "Faktor kesenjangan pada dua lembar GAP diperbaiki dan disepakati bersama bidang.",
        ),
    ],
    6: [
        (
            "Penyusunan data terpilah triwulan",
            "Data penerima layanan sudah dipilah menurut jenis kelamin dan kecamatan.",
        ),
        (
            "Rapat verifikasi data gender",
            "Tujuh tabel diverifikasi. Satu tabel dikembalikan ke bidang karena angkanya sama.",
        ),
    ],
}
NOTES = [
    {"women": "Tolong cocokkan lagi jumlah peserta perempuan dan laki-laki dengan daftar hadir."},
    {"result": "Kegiatannya bagus. Tolong tambahkan satu kalimat tentang tindak lanjutnya."},
    {"evidence": "Terima kasih laporannya. Tolong tambahkan satu foto atau daftar hadir."},
    {
        "held_on": "Tolong periksa lagi tanggal kegiatannya.",
        "place": "Sebutkan nama ruang atau alamatnya.",
    },
]
