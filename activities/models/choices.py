"""Value lists of activities (domain/pug.md 1.7)."""

from django.db.models import IntegerChoices, TextChoices


class Kind(TextChoices):
    SOCIALISATION = "sosialisasi", "Sosialisasi"
    ADVOCACY = "advokasi", "Advokasi"
    TRAINING = "pelatihan", "Pelatihan/Bimtek"
    FACILITATORS = "tof", "Training of Fasilitator (TOF)"
    WORKSHOP = "lokakarya", "Lokakarya"
    DISCUSSION = "fgd", "Diskusi kelompok (FGD)"
    COORDINATION = "rakor", "Rapat koordinasi"
    DESK = "desk", "Desk/Asistensi PPRG"
    ASSISTANCE = "pendampingan", "Pendampingan"
    CAMPAIGN = "kampanye", "Kampanye/KIE"
    BROADCAST = "siaran", "Siaran radio/TV/media sosial"
    COMMUNITY = "masyarakat", "Program masyarakat"
    VISIT = "kunjungan", "Kunjungan/Studi tiru"
    MONITORING = "monitoring", "Monitoring lapangan"
    CONTEST = "lomba", "Lomba/Penghargaan"


class Theme(TextChoices):
    CONCEPT = "konsep", "Konsep gender dan PUG"
    BUDGETING = "pprg", "PPRG (GAP, GBS)"
    DATA = "data", "Data terpilah"
    LEADERSHIP = "kepemimpinan", "Kepemimpinan perempuan"
    PREVENTION = "pencegahan", "Pencegahan kekerasan dan perdagangan orang"
    CHILD_MARRIAGE = "perkawinan_anak", "Pencegahan perkawinan anak"
    ECONOMY = "ekonomi", "Ekonomi perempuan"
    HEALTH = "kesehatan", "Kesehatan reproduksi"
    PARENTING = "pengasuhan", "Pengasuhan"
    NEIGHBOURHOOD = "krppa", "Kelurahan Ramah Perempuan dan Peduli Anak"
    INCLUSION = "inklusi", "Disabilitas dan inklusi"
    OVERSIGHT = "pengawasan", "Pengawasan PPRG"
    OTHER = "lain", "Lainnya"


class Audience(TextChoices):
    OFFICIALS = "pejabat", "Pejabat perangkat daerah"
    PLANNERS = "perencana", "Perencana"
    FOCAL_POINTS = "focal_point", "Focal point"
    AUDITORS = "auditor", "Auditor"
    CAMAT = "camat", "Camat"
    LURAH = "lurah", "Lurah"
    NEIGHBOURS = "rt_rw", "RT/RW"
    LPMK = "lpmk", "LPMK"
    PKK = "pkk", "TP PKK"
    DWP = "dwp", "Dharma Wanita Persatuan"
    GOW = "gow", "Gabungan Organisasi Wanita"
    GOPTKI = "goptki", "GOPTKI/PAUD"
    YOUTH = "karang_taruna", "Karang Taruna"
    FKK = "fkk", "Forum Kesehatan Kelurahan"
    POSYANDU = "posyandu", "Kader posyandu"
    RELIGIOUS = "tokoh_agama", "Tokoh agama"
    GUARDS = "babinsa", "Babinsa/Bhabinkamtibmas"
    DISABILITY = "disabilitas", "Organisasi disabilitas"
    CHILDREN = "forum_anak", "Forum Anak"
    BUSINESS = "usaha", "Dunia usaha dan KUBE"
    MEDIA = "media", "Media"
    ACADEMICS = "akademisi", "Akademisi"
    GENERAL = "umum", "Masyarakat umum"


class Facility(TextChoices):
    SIGN = "isyarat", "Juru bahasa isyarat"
    RAMP = "ramp", "Tempat dapat dilalui kursi roda"
    LACTATION = "laktasi", "Ruang laktasi"
    CHILDCARE = "anak", "Penitipan anak"
    HOURS = "jam_ramah", "Jam ramah keluarga"
    LARGE_PRINT = "huruf_besar", "Bahan berhuruf besar"


class Manner(TextChoices):
    ONSITE = "tempat", "Tatap muka"
    ONLINE = "daring", "Daring"
    BOTH = "campuran", "Tatap muka dan daring"


class PokjaDuty(IntegerChoices):
    """The twelve duties of the Pokja (Permendagri 67/2011), in short words."""

    PROMOTE = 1, "1. Mempromosikan dan memfasilitasi PUG di perangkat daerah"
    SOCIALISE = 2, "2. Sosialisasi dan advokasi kepada camat dan lurah"
    PROGRAMME = 3, "3. Program kerja tahunan"
    BUDGETING = 4, "4. Perencanaan dan penganggaran responsif gender"
    PLAN = 5, "5. Rencana kerja Pokja tahunan"
    ANSWER = 6, "6. Bertanggung jawab kepada wali kota melalui wakil wali kota"
    RECOMMEND = 7, "7. Rekomendasi kebijakan"
    PROFILE = 8, "8. Profil gender"
    MONITOR = 9, "9. Pemantauan di perangkat daerah"
    TEAM = 10, "10. Tim teknis analisis anggaran"
    ACTION_PLAN = 11, "11. Rencana Aksi Daerah PUG"
    FOCAL_POINTS = 12, "12. Penetapan focal point"
