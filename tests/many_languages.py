"""A short policy in English and in languages of many scripts, two of them from right to left: what pages of each must show and find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
from support import build_site, write_files

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """\
---
version: "{number}"
effective: {effective}
---

# Terms of Hanbit Notes

## Article 1 (Purpose)

These terms say how Hanbit Notes handles personal data.

## Article 2 (Personal data)

① We collect the following data:

1. your name and your e-mail address
2. the IP address of your device

② We destroy the data within {days} days after the contract ends.

## Article 3 (Consent)

With your consent we pass data on to contractors, who are audited once a year.
"""
NAMES = {
    "en": "English",
    "ja": "日本語",
    "zh_CN": "简体中文",
    "de": "Deutsch",
    "ar": "العربية",
    "he": "עברית",
    "th": "ไทย",
    "ko": "한국어",
}
# In the order of the source.
MESSAGES = (
    "Terms of Hanbit Notes",
    "Article 1 (Purpose)",
    "These terms say how Hanbit Notes handles personal data.",
    "Article 2 (Personal data)",
    "We collect the following data:",
    "your name and your e-mail address",
    "the IP address of your device",
    "We destroy the data within {days} days after the contract ends.",
    "Article 3 (Consent)",
    "With your consent we pass data on to contractors, who are audited once a year.",
)
TRANSLATIONS = {
    "ja": (
        "Hanbit Notes 利用規約",
        "第1条（目的）",
        "本規約は、Hanbit Notes における個人情報の取扱いについて定めます。",
        "第2条（個人情報）",
        "当社は、次の情報を取得します。",
        "氏名及び電子メールアドレス",
        "利用者の端末のＩＰアドレス",
        "当社は、契約の終了後{days}日以内に、サーバーに保存された情報を消去します。",
        "第3条（同意）",
        "当社は、利用者の同意を得て、年1回の監査を受ける委託先に情報を提供します。",
    ),
    "zh_CN": (
        "Hanbit Notes 服务条款",
        "第1条（目的）",
        "本条款规定 Hanbit Notes 如何处理个人信息。",
        "第2条（个人信息）",
        "我们收集下列信息：",
        "您的姓名和电子邮件地址",
        "您的设备的ＩＰ地址",
        "我们在合同终止后{days}日内销毁该等信息。",
        "第3条（同意）",
        "经您同意，我们向每年接受1次审计的受托方提供信息。",
    ),
    "de": (
        "Nutzungsbedingungen für Hanbit Notes",
        "Artikel 1 (Zweck)",
        "Diese Bedingungen regeln, wie Hanbit Notes personenbezogene Daten verarbeitet.",
        "Artikel 2 (Personenbezogene Daten)",
        "Wir erheben die folgenden Daten:",
        "Ihren Namen und Ihre E-Mail-Adresse",
        "die IP-Adresse Ihres Gerätes",
        "Wir löschen die Daten binnen {days} Tagen nach dem Ende des Vertrages.",
        "Artikel 3 (Einwilligung)",
        "Mit Ihrer Einwilligung übermitteln wir Daten an Auftragnehmer, die einmal im Jahr geprüft werden.",
    ),
    "ar": (
        "شروط Hanbit Notes",
        "المادة 1 (الغرض)",
        "تبيّن هذه الشروط كيف تعالج Hanbit Notes البيانات الشخصية.",
        "المادة 2 (البيانات الشخصية)",
        "نجمع البيانات الآتية:",
        "اسمك وعنوان بريدك الإلكتروني",
        "عنوان IP لجهازك",
        "نُتلف البيانات خلال {days} يومًا من انتهاء العقد.",
        "المادة 3 (الموافقة)",
        "بموافقتك ننقل البيانات إلى المتعاقدين الذين تُراجَع أعمالهم مرة كل سنة.",
    ),
    "he": (
        "תנאי Hanbit Notes",
        "סעיף 1 (מטרה)",
        "תנאים אלה קובעים כיצד Hanbit Notes מטפלת במידע אישי.",
        "סעיף 2 (מידע אישי)",
        "אנו אוספים את המידע הבא:",
        "שמך וכתובת הדואר האלקטרוני שלך",
        "כתובת ה־IP של המכשיר שלך",
        "אנו משמידים את המידע בתוך {days} ימים מסיום החוזה.",
        "סעיף 3 (הסכמה)",
        "בהסכמתך אנו מעבירים מידע לקבלנים הנבדקים פעם בשנה.",
    ),
    "th": (
        "ข้อกำหนดของ Hanbit Notes",
        "ข้อ 1 (วัตถุประสงค์)",
        "ข้อกำหนดนี้ระบุวิธีที่ Hanbit Notes จัดการข้อมูลส่วนบุคคล",
        "ข้อ 2 (ข้อมูลส่วนบุคคล)",
        "เราเก็บรวบรวมข้อมูลต่อไปนี้:",
        "ชื่อและที่อยู่อีเมลของคุณ",
        "ที่อยู่ IP ของอุปกรณ์ของคุณ",
        "เราทำลายข้อมูลภายใน {days} วันหลังจากสัญญาสิ้นสุด",
        "ข้อ 3 (ความยินยอม)",
        "เมื่อได้รับความยินยอมจากคุณ เราส่งข้อมูลให้ผู้รับจ้างซึ่งได้รับการตรวจสอบปีละ 1 ครั้ง",
    ),
    "ko": (
        "Hanbit Notes 이용약관",
        "제1조(목적)",
        "이 약관은 Hanbit Notes가 개인정보를 처리하는 방법을 정합니다.",
        "제2조(개인정보)",
        "회사는 다음 정보를 수집합니다.",
        "성명 및 이메일 주소",
        "기기의 IP 주소",
        "회사는 계약 종료 후 {days}일 이내에 정보를 파기합니다.",
        "제3조(동의)",
        "회사는 이용자의 동의를 받은 경우 연 1회 감사를 받는 수탁자에게 정보를 제공하며, 제공받는 자를 알립니다.",
    ),
}
VERSIONS = (("1.0", "2024-02-01", 30), ("1.1", "2025-02-01", 60))


def write_site(root: Path) -> Path:
    """Write the site into *root*: two versions, of which the second gives another number of days."""
    pages = {
        f"terms/{number}.md": SOURCE.format(number=number, effective=effective, days=days)
        for number, effective, days in VERSIONS
    }
    write_files(root, pages, NAMES)
    # What is around the texts need not be translated: the languages are built, and say that they have gaps.
    with (root / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"policysite_incomplete_languages = {sorted(TRANSLATIONS)!r}\n")
    for language, texts in TRANSLATIONS.items():
        for number, _, days in VERSIONS:
            catalog = polib.POFile(wrapwidth=0)
            catalog.metadata = {"Language": language, "Content-Type": "text/plain; charset=utf-8"}
            for msgid, msgstr in zip(MESSAGES, texts, strict=True):
                words = (text.format(days=days) for text in (msgid, msgstr))
                catalog.append(polib.POEntry(**dict(zip(("msgid", "msgstr"), words, strict=True))))
            path = root / "locales" / language / "LC_MESSAGES/terms" / f"{number}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalog.save(str(path))
    return root


def build_languages(root: Path) -> None:
    """Write the site into *root*, and build it."""
    build_site(write_site(root))
