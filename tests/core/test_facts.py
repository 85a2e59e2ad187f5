"""Whether a sentence and its translation state the same facts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polib
import pytest
from babel.dates import format_date
from hostile_texts import HOSTILE, assert_read_to_its_end

from policysite.text.facts import Value, ValueKind, differences, values

CATALOGS = Path(__file__).parents[2] / "locales" / "ko" / "LC_MESSAGES"

AGREE = [
    # provisions
    ("Article 9", "제9조"),
    ("ARTICLE 9 (PURPOSE)", "제 9 조(목적)"),
    ("Art. 9", "제9조"),
    ("Art. 16 and 17 GDPR", "GDPR 제16조 및 제17조"),
    ("Art. 15, 16 and 17 GDPR", "GDPR 제15조, 제16조 및 제17조"),
    ("under Art. 6 and 30 days later", "제6조에 따라, 30일 후에"),
    ("as § 147 AO requires", "독일 조세기본법(AO) 제147조에 따라"),
    ("as § 147 AO requires", "§ 147 AO에 따라"),
    ("§§ 3 and 4 AO", "독일 조세기본법(AO) 제3조 및 제4조"),
    ("Article 9-2", "제9조의2"),
    ("Article 9", "제09조"),
    ("Articles 9 and 10-2", "제9·10조의2"),
    ("Articles 9 and 10", "제9조 및 제10조"),
    ("Articles 9, 10 and 12", "제9조, 제10조 및 제12조"),
    ("Articles 9, 10, and 12-2", "제9조, 제10조 및 제12조의2"),
    ("Articles 9-12", "제9조부터 제12조까지"),
    ("Articles 9–12", "제9조 내지 제12조"),
    ("Article 9(2)", "제9조제2항"),
    ("Article 9 (1) and (2)", "제9조 제1항 및 제2항"),
    ("paragraph 2 of Article 9", "제9조제2항"),
    ("paragraph (1)", "제1항"),
    ("Paragraphs 1 and 2", "제1항 및 제2항"),
    ("paragraphs (1) to (3)", "제1·3항"),
    ("① The company", "① 회사는"),
    ("paragraph 1", "①"),
    ("㉑ The company", "제21항 회사는"),
    ("the first paragraph", "제1항"),
    ("Article 9(2) subparagraph 3", "제9조제2항제3호"),
    ("Appendix 11 (Notice No. 2020-7)", "(고시 제2020-7호) 별지 제11호"),
    ("item 3 of Chapter 2", "제2장제3호"),
    ("condition 1", "제1조건"),
    # third parties
    ("a third party", "제3자"),
    ("third-party services", "제3자의 서비스"),
    ("a third party or its agents", "제3자 또는 제3자의 대리인"),
    ("a 3rd party", "제3자"),
    ("a second party", "제2자"),
    # dates
    ("Dec 27, 2024", "2024년 12월 27일"),
    ("Dec. 27, 2024", "2024. 12. 27."),
    ("December 27, 2024", "2024년12월27일"),
    ("December 27th, 2024", "2024-12-27"),
    ("27 December 2024", "2024/12/27"),
    ("27th of December 2024", "2024년 12월 27일"),
    ("the 27th day of December, 2024", "2024년 12월 27일"),
    ("DECEMBER 27, 2024", "2024.12.27"),
    ("Sept. 5, 2024", "2024년 9월 5일"),
    ("12/27/2024", "2024년 12월 27일"),
    ("27/12/2024", "2024년 12월 27일"),
    ("2024.12.27 - 2025.12.26", "2024년 12월 27일-2025년 12월 26일"),
    ("v.1.6 takes effect from 2024.12.27.", "v.1.6은 2024년 12월 27일부터"),
    ("December 2024", "2024년 12월"),
    ("December 27", "12월 27일"),
    ("27 December", "12월27일"),
    ("in December", "12월에"),
    ("in May and in March", "5월과 3월에"),
    ("in March", "3월에"),
    ("You may march on", "귀하는 행진할 수 있습니다"),
    ("by the 27th", "27일까지"),
    ("from May 1 to June 2, 2024", "2024년 5월 1일부터 6월 2일까지"),
    ("in 2024", "2024년에"),
    # periods
    ("3 months", "3개월"),
    ("three months", "3 개월"),
    ("three (3) months", "3개월"),
    ("3 (three) months", "3개월"),
    ("a 3-month period", "3개월의 기간"),
    ("three\nmonths", "3개월"),
    ("1 year", "12개월"),
    ("12 months", "1년"),
    ("one (1) year", "1년"),
    ("one year", "1년"),
    ("a year", "1년간"),
    ("once a year", "연 1회"),
    ("once a month", "매월 한 번"),
    ("per month", "한 달에"),
    ("every day", "하루마다"),
    ("one month", "한 달"),
    ("two months", "두 달"),
    ("three months", "석 달"),
    ("three months", "세 달"),
    ("six months", "반년"),
    ("half a year", "6개월"),
    ("half an hour", "30분"),
    ("5 years", "5년"),
    ("a five-year plan", "5개년 계획"),
    ("3 years after withdrawal", "탈퇴 시 3년간"),
    ("30 days", "30일"),
    ("30 days' notice", "30일 전 통지"),
    ("two weeks", "2주"),
    ("2 weeks", "14일"),
    ("2 weeks", "2주일"),
    ("7 days", "일주일"),
    ("ten days", "열흘"),
    ("5 business days", "5영업일"),
    ("5 business\ndays", "5영업일"),
    ("five working days", "5 영업일 이내"),
    ("3 business days", "영업일 기준 3일"),
    ("3 business days", "3일(영업일 기준)"),
    ("24 hours", "24시간"),
    ("twenty-four (24) hours", "24시간"),
    ("twenty-four hours", "24시간"),
    ("30 minutes", "30분"),
    ("30 seconds", "30초"),
    ("3 to 5 days", "3~5일"),
    ("3-5 days", "3일에서 5일"),
    ("one or two months", "1개월 또는 2개월"),
    ("1 year and 6 months", "1년 6개월"),
    ("120 calendar days", "120일"),
    ("one hundred and twenty days", "120일"),
    ("1.5 years", "18개월"),
    ("1,000 hours", "1000시간"),
    # ages
    ("under the age of 14", "만 14세 미만"),
    ("under 14 years of age", "만 14세 미만"),
    ("14 years old", "14세"),
    ("aged 14 years or older", "14세 이상"),
    ("aged fourteen", "만 14세"),
    # numbers
    ("1,000,000 won", "100만 원"),
    ("150 million", "1억 5천만"),
    ("25,000", "2만5000"),
    ("3 thousand people", "3천 명"),
    ("5%", "5퍼센트"),
    ("5 percent", "5%"),
    ("five percent", "5%"),
    ("version 1.6.2", "버전 1.6.2"),
    ("3-5 persons", "3~5명"),
    ("10-20 persons", "10~20명"),
    ("pages 1, 2", "1, 2쪽"),
    ("two ways", "2가지 방법"),
    ("2 ways", "두 가지 방법"),
    ("twice", "2회"),
    ("twice", "두 번"),
    ("the first time", "첫 번째"),
    ("the 2nd stage", "둘째 단계"),
    ("12 languages", "１２개 언어"),
    ("2 dollars", "2달러"),
    ("over 100", "100 초과"),
    ("over 100", "100초과"),
    ("the 21st century", "21세기"),
    ("1/3", "3분의 1"),
    ("14:30", "14시 30분"),
    ("192.168.0.1", "192.168.0.1"),
    ("AES-256", "AES-256"),
    ("this personal information", "이 개인정보"),
    ("the work and the third", "일 및 삼"),
    ("one of them", "그중 하나"),
    # bare numbers of provisions, large amounts
    ("Articles 9 and 10", "제9조 및 10조"),
    ("Articles 9, 10 and 11", "제9조, 10조 및 11조"),
    ("Articles 9 and 10-2", "제9조와 10조의2"),
    ("Article 9(1) and (2)", "제9조제1항 및 2항"),
    ("paragraphs 1 and 2", "제1항 및 2항"),
    ("Article 30", "30조"),
    ("30 trillion", "30조 규모"),
    ("Pay 300,000 won", "30만 원을 낸다"),
    ("Pay 300,000 won", "30 만원"),
    ("30,000 won", "3 만 원"),
    ("300 million won", "3 억원"),
    ("50 million won", "5 천만 원"),
    ("30 trillion won", "30조원"),
    ("30 trillion won", "30조 원"),
    ("30.5 trillion won", "30조 5천억 원"),
    ("3 only", "3 만족"),
    ("10 cases", "10 경우"),
    ("12/27", "12/27경"),
    # letters and signs of numbers
    ("5GB", "5GB를"),
    ("5 GB", "5GB"),
    ("5 gigabytes", "5기가바이트"),
    ("5 km", "5킬로미터"),
    ("4K", "4K"),
    ("30KRW", "30원"),
    ("the 1990s", "1990년대"),
    ("in their 30s", "30대"),
    ("30 under the age of 14", "30 만 14세 미만"),
    ("the 30th", "30일"),
    ("30‰", "30‰"),
    ("30 per mille", "30 퍼밀"),
    ("−5 degrees", "-5도"),
    ("minus 5", "-5"),
    ("-$5", "-5달러"),
    (".5", "0.5"),
    ("3-5 persons", "3–5명"),
    ("pages 3 -5", "3 – 5쪽"),
    ("Notice No. 2020-7", "고시 제2020 -7호"),
    ("30½", "30½"),
    ("30 1/2", "30½"),
    ("½", "2분의 1"),
    ("CO₂", "CO₂"),
    ("m²", "제곱미터"),
    ("Chapter Ⅲ", "제3장"),
    ("⑴ first", "(1) 첫째"),
    ("30 items", "３𝟎건"),
    ("sector 3 of area 4", "4영역의 3공구"),
    # parts
    ("two-thirds", "3분의 2"),
    ("two thirds", "삼분의 이"),
    ("2/3", "삼분의 이를"),
    ("three quarters of them", "4분의 3"),
    ("three quarters", "3개 분기"),
    ("one third of them", "3분의 1"),
    ("one-half", "2분의 1"),
    ("half of them", "절반"),
    ("two third parties", "두 제3자"),
    ("the name of this person", "이분의 이름"),
    # times of day
    ("21:00", "오후 9시"),
    ("21:00", "21시"),
    ("21:00", "저녁 9시"),
    ("9 p.m.", "오후 9시"),
    ("9 p.m.", "21시"),
    ("9 PM", "21:00"),
    ("9pm", "9 PM에"),
    ("9:00", "9시"),
    ("9:00", "오전 9시"),
    ("9 a.m.", "9시"),
    ("9 a.m.", "오전 9시"),
    ("9 o'clock", "9시"),
    ("about 9:00", "9시경"),
    ("9 in the evening", "오후 9시"),
    ("nine o'clock", "아홉 시"),
    ("9:30 p.m.", "오후 9시 반"),
    ("9:30 p.m.", "21시 30분"),
    ("14:30:05", "14:30:05"),
    ("noon", "정오"),
    ("12 noon", "낮 12시"),
    ("12 p.m.", "12:00"),
    ("midnight", "자정"),
    ("12 a.m.", "밤 12시"),
    ("1 a.m.", "밤 1시"),
    ("11 a.m.", "낮 11시"),
    ("0:00", "24:00"),
    ("9am to 6pm", "09:00~18:00"),
    ("9 AM to 6 PM", "오전 9시부터 오후 6시까지"),
    ("9 a.m. to 6 p.m.", "오전 9시부터 6시까지"),
    ("from 8 to 9 p.m.", "오후 8시부터 9시까지"),
    ("9-10 a.m.", "오전 9~10시"),
    ("9:00 to 9:30 p.m.", "오후 9시~9시 30분"),
    ("9 p.m. to 9:30 p.m.", "오후 9시부터 9시 30분까지"),
    ("until 9:00", "–9:00"),
    ("9 to 5 p.m.", "오전 9시~오후 5시"),
    ("9 to 18 hours", "9~18시간"),
    ("open 9 to 18", "9시부터 18시까지"),
    ("a ratio of 3:10", "3:10의 비율"),
    # dates that share a month or a year
    ("January to June 2024", "2024년 1월부터 6월까지"),
    ("January through June 2024", "2024년 1월~6월"),
    ("January and June 2024", "2024년 1월 및 2024년 6월"),
    ("27 and 28 December 2024", "2024년 12월 27일 및 28일"),
    ("27, 28 and 29 December 2024", "2024년 12월 27일, 28일 및 29일"),
    ("27th to 28th December", "12월 27~28일"),
    ("December 27 and 28, 2024", "2024년 12월 27일과 28일"),
    ("December 27-28", "12월 27일~28일"),
    ("27 to 30 December 2024", "2024년 12월 27일부터 30일까지"),
    ("30 days from December 27, 2024", "2024년 12월 27일부터 30일간"),
    ("30 days from December 27, 2024", "2024년 12월 27일, 30일 간"),
    ("within 30 days of December 27, 2024", "2024년 12월 27일부터 30일 이내"),
    ("30 days after December 27, 2024", "2024년 12월 27일부터 30일이 지난"),
    ("December 27, 2024 or within 3 days", "2024년 12월 27일 또는 3일 이내"),
    # words that are not counts
    ("monthly", "매월 1회"),
    ("annually", "연 1회"),
    ("every month", "매월 1회"),
    ("the second witness", "두 번째 증인"),
    ("one of the two", "둘 중 하나"),
    ("two parties", "쌍방"),
    ("Two witnesses", "두 명의 증인"),
    ("one or the other", "두 가지"),
    ("the second", "세 가지"),
    ("both of the two", "첫 번째"),
    ("once", "두 번째"),
    ("the three of them", "그들의 두 번째"),
    ("Two", "한 명"),
    # phone numbers
    ("02-1234-5678", "+82 2-1234-5678"),
    ("02-1234-5678", "+82-2-1234-5678"),
    ("02-1234-5678", "+82-(0)2-1234-5678"),
    ("(02) 1234-5678", "02)1234-5678"),
    ("02.1234.5678", "02 1234 5678"),
    ("010-1234-5678", "+821012345678"),
    ("+82-1644-2243", "1644-2243"),
    ("+1 650-253-0000", "+1 (650) 253-0000"),
    ("call 1644-2243 or again 1644-2243", "1644-2243으로 전화"),
    ("from 2020-2024", "2020~2024년"),
    # e-mail and web addresses
    ("(1644-2243/Support@megazone.com)", "(1644-2243/support@megazone.com)을"),
    ("mail a@b.com, or a@b.com", "a@b.com으로"),
    ("see spaceone.megazone.io.", "spaceone.megazone.io를 참조"),
    ("(spaceone.megazone.io)", "spaceone.megazone.io에서"),
    ("from tools.google.com/dlpage/gaoptout.", "(tools.google.com/dlpage/gaoptout)의"),
    ("at https://Example.com/", "https://example.com에서"),
    ("(https://example.com/a_(b))", "https://example.com/a_(b)에"),
    ("www.example.com", "www.example.com은"),
    ("logs, etc. of Google LLC. (e.g. IP), Corp.", "로그 등"),
    ("logs (e.g.the IP address)", "로그(예: IP 주소)"),
    ("policy v.{version} ({YYYY}.{MM}.{DD}).", "방침 v.{version}({YYYY}년 {M}월 {D}일)"),
    ("EVIL.EXAMPLE", "evil.example"),
    ("ASP.NET", "ASP.NET으로"),
    ("the U.S.A., Inc.The CLOUD.Corp, v1.6.A", "v1.6.A"),
    ("help@example.org", "help@example.org으로"),
    ("help@example.org", "문의help@example.org"),
    ("https://x.example/a", "https://x.example/a에서"),
    ("https://악성.한국/a", "https://악성.한국/a에서"),
    ("악성.한국", "악성.한국으로"),
    ("a@악성.한국", "a@악성.한국으로"),
    ("here", "이용합니다.다음"),
    ("%(day)s", "%(day)s일"),
    ("", ""),
]

DIFFER = [
    ("Article 9", "제10조", "provision"),
    ("§ 147 AO", "독일 조세기본법(AO) 제148조", "provision"),
    ("Art. 16 and 17 GDPR", "GDPR 제16조 및 제18조", "provision"),
    ("under Art. 6 within 30 days", "제6조에 따라 20일 이내에", "period"),
    ("Article 9", "제9호", "provision number"),
    ("Article 9", "제9항", "provision"),
    ("Article 9-2", "제9조", "provision"),
    ("Article 9-2", "제9조의3", "provision"),
    ("Articles 9 and 10", "제9조", "provision"),
    ("Articles 9 and 10", "제9조 및 제11조", "provision"),
    ("Articles 9, 10 and 12", "제9조, 제10조 및 제13조", "provision"),
    ("Articles 9-12", "제9조부터 제11조까지", "provision"),
    ("Article 9(2)", "제9조제3항", "provision"),
    ("Article 9 (1) and (2)", "제9조 제1항 및 제3항", "provision"),
    ("paragraph 1", "제2항", "provision"),
    ("Paragraphs 1 and 2", "제1항", "provision"),
    ("① The company", "② 회사는", "provision"),
    ("① The company", "회사는", "provision"),
    ("the first paragraph", "제2항", "provision"),
    ("Article 9 and Article 9", "제9조", "provision"),
    ("subparagraph 3", "제3항", "provision number"),
    ("(Notice No. 2020-7)", "(고시 제2020-8호)", "number"),
    ("Appendix 11", "별지 제12호", "number"),
    ("a third party", "제2자", "number"),
    ("a second party", "제3자", "number"),
    ("Dec 27, 2024", "2024년 12월 26일", "date"),
    ("Dec 27, 2024", "2023년 12월 27일", "date"),
    ("December 27, 2024", "2024년 11월 27일", "date"),
    ("2024.12.27", "2024. 12. 28.", "date"),
    ("2024-12-27", "2024/12/26", "date"),
    ("27th of December 2024", "2024년 12월 17일", "date"),
    ("12/27/2024", "2024년 12월 26일", "date"),
    ("December 2024", "2024년 11월", "date"),
    ("December 27", "12월 26일", "date"),
    ("27 December 2024", "12월 27일", "date"),
    ("Dec 27, 2024", "시행됩니다", "date"),
    ("It takes effect", "2024년 12월 27일부터", "date"),
    ("v.1.6 of 2024.12.27", "v.1.7은 2024년 12월 27일부터", "number"),
    ("2024.12.27.1", "2024.12.27", "date number"),
    ("1.2024.12.27", "2024.12.27", "date number"),
    ("in December", "11월에", "number"),
    ("by the 27th", "28일까지", "number period"),
    ("by the 27th", "기한까지", "number"),
    ("from May 1, 2024 to June 2, 2025", "2025년 5월 1일부터 2024년 6월 2일까지", "date"),
    ("from May 1 to June 2, 2024", "2025년 5월 1일부터 6월 2일까지", "date"),
    ("in 2024", "2025년에", "number"),
    ("you may use 3 of them", "5월에 이용", "number"),
    ("3 months", "4개월", "period"),
    ("3 months", "3년", "period"),
    ("3 months", "3개", "number period"),
    ("three months", "2개월", "period"),
    ("three months", "일정 기간", "period"),
    ("three (3) months", "3개월 및 3개월", "period"),
    ("a certain period", "3개월", "period"),
    ("a 3-month period", "3주의 기간", "period"),
    ("one month", "두 달", "period"),
    ("two months", "세 달", "period"),
    ("a year", "2년간", "period"),
    ("1 year", "13개월", "period"),
    ("half a year", "반년과 3일", "period"),
    ("half an hour", "한 시간", "period"),
    ("2 weeks", "2주와 하루, 2일", "period"),
    ("two weeks", "15일", "period"),
    ("ten days", "보름", "period"),
    ("5 business days", "5일", "period"),
    ("5 days", "영업일 기준 5일", "period"),
    ("24 hours", "24분", "period"),
    ("24 hours", "1일", "period"),
    ("30 seconds", "30분", "period"),
    ("3 to 5 days", "3~6일", "period"),
    ("3-5 days", "2일에서 5일", "period"),
    ("1 year and 6 months", "1년", "period"),
    ("within 3 years", "탈퇴 시 5년", "period"),
    ("under the age of 14", "만 16세 미만", "number"),
    ("14 years of age", "만 15세", "number"),
    ("1,000,000 won", "10만 원", "number"),
    ("1,000,000 won", "1,000,00 원", "number"),
    ("150 million", "1억 6천만", "number"),
    ("5%", "6퍼센트", "number"),
    ("1,0000", "1,000", "number"),
    ("21 months", "21세기", "number period"),
    ("1.50", "1.5", "number"),
    ("version 1.6.2", "버전 1.6.3", "number"),
    ("version 1.6", "버전 16", "number"),
    ("3-5 persons", "3~6명", "number"),
    ("2 and 2", "2", "number"),
    ("two ways", "3가지 방법", "number"),
    ("2 ways", "세 가지 방법", "number"),
    ("3 persons", "이 개인정보, 삼", "number"),
    ("5 others", "다섯", "number"),
    ("ways", "２가지 방법", "number"),
    ("14:30", "14시 40분", "number"),
    ("192.168.0.1", "192.168.0.2", "number"),
    ("02-1234-5678", "+82 2-1234-5679", "phone"),
    ("02-1234-5678", "031-1234-5678", "phone"),
    ("1644-2243", "1644-2244", "phone"),
    ("1644-2243", "고객센터", "phone"),
    ("+1 650-253-0000", "+81 650-253-0000", "phone"),
    ("a@b.com", "a@b.co", "email"),
    ("a@b.com", "b@b.com", "email"),
    ("a@b.com", "이메일", "email"),
    ("spaceone.megazone.io", "spaceone.megazone.com", "address"),
    ("tools.google.com/dlpage/gaoptout", "tools.google.com/dlpage", "address"),
    ("https://example.com/a", "https://example.com/A", "address"),
    ("https://example.com/a_(b)", "https://example.com/a_(b", "address"),
    ("https://example.com", "http://example.com", "address"),
    ("here", "www.example.com에서", "address"),
    ("Pay 30 won", "30⁰원", "number"),
    ("Pay 30 won", "30𝟎원", "number"),
    ("Pay 30 won", "30₀원", "number"),
    ("Pay 30 won", "30⓪원", "number"),
    ("Pay 30 won", "30½원", "number"),
    ("Pay 30 won", "30 ½원", "number"),
    ("Pay 30 won", "30 ⁰원", "number"),
    ("Pay 30 won", "⁰30원", "number"),
    ("Pay 30 won", "⓪30원", "number"),
    ("Pay 30 won", "30〇원", "number"),
    ("Pay 30 won", "30०원", "number"),
    ("Pay 30 won", "30O원", "number"),
    ("Pay 30 won", "30o원", "number"),
    ("Pay 30 won", "30О원", "number"),
    ("Pay 30 won", "3O원", "number"),
    ("Pay 30 won", "30Ⅴ원", "number"),
    ("Pay 30 won", "30○원", "number"),
    ("Pay 30 won", "30ㅇ원", "number"),
    ("Pay 30 won", "3ㅣ원", "number"),
    ("Pay 30 won", "30영", "number"),
    ("Pay 30 won", "30공", "number"),
    ("Pay 30 won", "30영원", "number"),
    ("Pay 30 won", "30K원", "number"),
    ("Pay 30 won", "30⃣원", "number"),
    ("Pay 30 won", "O30원", "number"),
    ("Pay 30 won", "l30원", "number"),
    ("Pay 30 won", "30 만원", "number"),
    ("Pay 30 won", "30만 원", "number"),
    ("Pay 30 won", "30만원", "number"),
    ("Pay 30 won", "30 억 원", "number"),
    ("Pay 30 won", "30 천 원", "number"),
    ("Pay 30 won", "30조원", "number"),
    ("Pay 30 won", "30조를", "provision number"),
    ("Pay 30 won", "30경원", "number"),
    ("Pay 30 won", "30경", "number"),
    ("Pay 30 won", "-30원", "number"),
    ("Pay 30 won", "−30원", "number"),
    ("Pay 30 won", "–30원", "number"),
    ("Pay 30 won", "--30원", "number"),
    ("Pay 30 won", "$-30", "number"),
    ("Pay 30 won", "△30원", "number"),
    ("Pay 30 won", "마이너스 30원", "number"),
    ("Pay 30 won", ".30원", "number"),
    ("5%", "5‰", "number"),
    ("5", "-5", "number"),
    ("-5", "5", "number"),
    ("5", "−5", "number"),
    ("5 days", "-5일", "period"),
    ("5GB", "5MB", "number"),
    ("5GB", "5", "number"),
    ("5 GB", "5MB", "number"),
    ("Two witnesses", "세 명의 증인", "number"),
    ("Three ways", "네 가지 방법", "number"),
    ("twice", "세 번", "number"),
    ("twelve", "열한 번", "number"),
    ("help@example.org", "éhelp@example.org", "email"),
    ("help@example.org", "аhelp@example.org", "email"),
    ("help@example.org", "help@example.orgа", "email"),
    ("help@example.org", "help@example.orgé", "email"),
    ("help@example.org", "help@exаmple.org", "email"),
    ("here", "a@악성.한국", "email"),
    ("here", "a@악성.com", "email"),
    ("https://x.example/a", "https://x.example/aб", "address"),
    ("see x.example/a", "x.example/aб", "address"),
    ("example.org", "example.orgа", "address"),
    ("example.org", "éexample.org", "address"),
    ("https://example.org", "https://example.org.악성.한국", "address"),
    ("https://example.org", "https://example.org.악성.com", "address"),
    ("http://x.example", "x.example", "address"),
    ("here", "https://악성.한국", "address"),
    ("here", "악성.한국에서", "address"),
    ("here", "악성.com", "address"),
    ("here", "EVIL.EXAMPLE", "address"),
    ("here", "Evil.Com", "address"),
    ("here", "evil。com", "address"),
    ("here", "ｅｖｉｌ．ｃｏｍ", "address"),
    ("here", "ⓔⓥⓘⓛ.ⓒⓞⓜ", "address"),
    ("here", "президент.рф", "address"),
    ("here", "https://президент.рф", "address"),
    ("here", "!.evil.com", "address"),
    ("here", "--evil.com", "address"),
    ("here", "(-.evil.com)", "address"),
    ("here", "_evil.com", "address"),
    ("here", "-악성.com", "address"),
    ("here", "문의-evil.com", "address"),
    ("here", "문의 -evil.com", "address"),
    ("here", "문의-악성.com", "address"),
    ("here", "여기a.악성.com", "address"),
    ("two-thirds", "3분의 1", "number"),
    ("two-thirds", "삼분의 일", "number"),
    ("two-thirds", "과반수", "number"),
    ("1/3", "3분의 2", "number"),
    ("9 p.m.", "오전 9시", "number"),
    ("9 p.m.", "밤 3시", "number"),
    ("21:00", "9:00", "number"),
    ("21:00", "20시", "number"),
    ("9:30", "9시", "number"),
    ("9:30", "9시 99분", "number"),
    ("9 p.m.", "99시~21시", "number"),
    ("9 a.m. to 6 p.m.", "오전 9시부터 오후 7시까지", "number"),
    ("9 to 10 p.m.", "오전 9시~10시", "number"),
    ("January to June 2024", "2024년 1월부터 7월까지", "date"),
    ("January to June 2024", "2024년 2월부터 6월까지", "date"),
    ("January to June 2024", "2023년 1월부터 6월까지", "date"),
    ("27 and 28 December 2024", "2024년 12월 27일 및 29일", "date"),
    ("27 and 28 December 2024", "2024년 12월 27일", "date"),
    ("December 27-28", "12월 27일~29일", "date"),
    ("December 27, 2024", "2024년 12월 27일 및 28일", "date"),
    ("0 and 28 December", "12월 28일", "number"),
    ("monthly", "매월 2회", "number"),
    ("Articles 9 and 10", "제9조 및 11조", "provision"),
    ("Articles 9 and 10", "제9조 및 10조원", "provision number"),
    ("Dec 27, 2024", "2024. 12. 27⁰", "number"),
    ("Dec 27, 2024", "2024-12-27O", "number date"),
    ("02-1234-5678", "02-1234-5678O", "number phone"),
    ("3 months", "3⁰개월", "number period"),
    ("Article 9", "제9½조", "provision number"),
    ("Article 9O", "제9조", "provision number"),
    ("Article 9, 3 months, 02-123-4567", "제8조, 4개월, 02-123-4568", "provision period phone"),
]

OTHERS_AGREE = [
    ("3 months", "fr", "3 mois"),
    ("1 year", "fr", "1 an"),
    ("5 business days", "fr", "5 jours ouvrables"),
    ("1,000,000", "fr", "1\u202f000\u202f000"),
    ("1.5", "fr", "1,5"),
    ("January 1, 2024", "fr", "1er janvier 2024"),
    ("27 December", "fr", "27 décembre"),
    ("in December", "fr", "en décembre"),
    ("Dec 27, 2024", "fr", "27/12/2024"),
    ("Article 9(2)", "fr", "article 9, paragraphe 2"),
    ("three months", "fr", "trois mois"),
    ("a third party", "fr", "un tiers"),
    ("3 months", "de", "3 Monate"),
    ("within 30 days", "de", "innerhalb von 30 Tagen"),
    ("3 months", "de", "eine 3-monatige Frist"),
    ("Dec 27, 2024", "de", "27. Dezember 2024"),
    ("Dec 27, 2024", "de", "27.12.2024"),
    ("version 1.6", "de", "Version 1.6"),
    ("1,000,000.50", "de", "1.000.000,50"),
    ("Articles 9 and 10-2", "de", "Artikel 9 und 10-2"),
    ("Dec 27, 2024", "ja", "2024年12月27日"),
    ("December 2024", "ja", "2024年12月"),
    ("in December 2024, 27 days", "ja", "2024年12月に27日"),
    ("3 months", "ja", "3か月"),
    ("three months", "ja", "３ヶ月"),
    ("14 years of age", "ja", "14歳"),
    ("1,000,000", "ja", "100万"),
    ("Article 9-2", "ja", "第9条の2"),
    ("Article 9(1)", "ja", "第9条第1項"),
    ("① and paragraph 2", "ja", "①および第2項"),
    ("a@b.com", "ja", "a@b.comまで"),
    ("Dec 27, 2024", "zh_TW", "2024年12月27日"),
    ("3 months", "zh_TW", "3 個月"),
    ("30 days", "zh_TW", "30日"),
    ("36 months", "zh-TW", "3年"),
    ("Article 9", "zh_TW", "第9條"),
    ("27 December 2024", "es", "27 de diciembre de 2024"),
    ("5 years", "ru", "5 лет"),
    ("27 December 2024", "ru", "27 декабря 2024 г."),
    ("3 months", "ar", "٣ أشهر"),
    ("3 months", "sw", "miezi 3"),
    ("27 December 2024", "vi", "27 tháng 12, 2024"),
    ("30 days", "th", "30วัน"),
    ("help@example.org", "th", "ที่help@example.orgได้"),
    ("google.com", "ja", "google.comを"),
    ("AWS", "ja", "AWSです。次"),
    ("300,000 yen", "ja", "30 万円"),
    ("9 p.m.", "ja", "午後9時"),
    ("21:00", "fr", "21h00"),
    ("21:00", "fr", "21:00"),
    ("5GB", "fr", "5 Go"),
    ("4K", "fr", "4 k"),
    ("9:00", "ja", "9時"),
    ("the 3rd", "es", "el 3º"),
    ("5 years", "ru", "5лет"),
    ("2024", "ru", "2024г."),
    ("two-thirds", "fr", "deux tiers"),
]

OTHERS_DIFFER = [
    ("3 months", "fr", "4 mois", "period"),
    ("3 months", "fr", "3 ans", "period"),
    ("1,000,000", "fr", "1 000 001", "number"),
    ("1.5", "fr", "1,6", "number"),
    ("27 December", "fr", "26 décembre", "date"),
    ("two witnesses", "fr", "trois témoins", "number"),
    ("Article 9(2)", "fr", "article 9, paragraphe 3", "provision"),
    ("within 30 days", "de", "innerhalb von 30 Jahren", "period"),
    ("within 30 days", "de", "innerhalb von 20 Tagen", "period"),
    ("3 months", "de", "eine 2-monatige Frist", "period"),
    ("Dec 27, 2024", "de", "27. November 2024", "date"),
    ("Dec 27, 2024", "de", "27.12.2023", "date"),
    ("1,000", "de", "1,000", "number"),
    ("Dec 27, 2024", "ja", "2024年12月26日", "date"),
    ("3 months", "ja", "3年", "period"),
    ("1,000,000", "ja", "10万", "number"),
    ("Article 9-2", "ja", "第9条の3", "provision"),
    ("", "ja", "3か月", "period"),
    ("3 months", "zh_TW", "3 天", "period"),
    ("Article 9", "zh_TW", "第8條", "provision"),
    ("a@b.com", "zh_TW", "a@c.com", "email"),
    ("30", "fr", "30O", "number"),
    ("30", "de", "30⁰", "number"),
    ("30", "ja", "30〇", "number"),
    ("30 days", "de", "30O Tage", "number period"),
    ("5", "fr", "-5", "number"),
    ("5%", "fr", "5‰", "number"),
    ("21:00", "fr", "20h00", "number"),
    ("google.com", "ja", "google。com.evil.com", "address"),
    ("help@example.org", "ru", "help@example.orgа", "email"),
]


def kinds(source: str, translation: str, language: str = "ko") -> str:
    return " ".join(
        difference.kind for difference in differences(source, "en", translation, language)
    )


@pytest.mark.parametrize(("source", "translation"), AGREE)
def test_the_same_facts(source: str, translation: str) -> None:
    assert differences(source, "en", translation, "ko") == []
    assert differences(translation, "ko", source, "en") == []


@pytest.mark.parametrize(("source", "translation", "expected"), DIFFER)
def test_other_facts(source: str, translation: str, expected: str) -> None:
    found = differences(source, "en", translation, "ko")
    assert sorted(difference.kind for difference in found) == sorted(expected.split())
    back = differences(translation, "ko", source, "en")
    assert [(d.kind, d.added, d.missing) for d in back] == [
        (d.kind, d.missing, d.added) for d in found
    ]


@pytest.mark.parametrize(("source", "language", "translation"), OTHERS_AGREE)
def test_the_same_facts_in_another_language(source: str, language: str, translation: str) -> None:
    assert differences(source, "en", translation, language) == []
    assert differences(translation, language, source, "en") == []


@pytest.mark.parametrize(("source", "language", "translation", "expected"), OTHERS_DIFFER)
def test_other_facts_in_another_language(
    source: str, language: str, translation: str, expected: str
) -> None:
    assert sorted(kinds(source, translation, language).split()) == sorted(expected.split())


THIRD_PARTIES = {
    "ja": "第三者に提供します。",
    "zh_CN": "向第三方提供。",
    "zh_TW": "向第三方提供。",
    "es": "Se facilitan a terceros.",
    "pt_BR": "São fornecidos a terceiros.",
    "de": "Sie werden an Dritte weitergegeben.",
    "ar": "تقدم إلى أطراف ثالثة.",
}


@pytest.mark.parametrize(("language", "words"), THIRD_PARTIES.items())
def test_a_third_party_is_a_number_in_korean_alone(language: str, words: str) -> None:
    korean = "제3자에게 제공합니다."
    assert differences(words, language, korean, "ko") == []
    assert differences(korean, "ko", words, language) == []
    assert differences(words, language, korean.replace("3", "4"), "ko")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "They are reviewed once a year."),
        ("de", "Sie werden einmal jährlich geprüft."),
        ("he", "הם נבדקים פעם בשנה."),
        ("fr", "Elles sont vérifiées une fois par an."),
    ],
)
def test_once_a_year_is_a_digit_in_korean_and_japanese(language: str, words: str) -> None:
    for other, said in (("ko", "연 1회 점검합니다."), ("ja", "年1回点検します。")):
        assert differences(words, language, said, other) == []
        assert differences(said, other, words, language) == []
        assert differences(words, language, said.replace("1", "6"), other)


@pytest.mark.parametrize("file", sorted(CATALOGS.glob("privacy/*.po")), ids=lambda file: file.name)
def test_the_published_translation_states_what_the_text_states(file: Path) -> None:
    catalog = polib.pofile(str(file))
    wrong = [
        (entry.msgid, entry.msgstr, found)
        for entry in catalog
        if entry.msgstr and (found := differences(entry.msgid, "en", entry.msgstr, "ko"))
    ]
    assert wrong == []
    assert len(catalog) > 0


def test_a_changed_digit_of_the_published_translation_is_found() -> None:
    catalog = polib.pofile(str(CATALOGS / "privacy" / "1.6.po"))
    changed = 0
    for entry in catalog:
        for place, letter in enumerate(entry.msgstr):
            # 제3자 is a word, so another digit there is a fact that the text does not state.
            if letter in "0123456789":
                other = (
                    entry.msgstr[:place] + str((int(letter) + 5) % 10) + entry.msgstr[place + 1 :]
                )
                assert differences(entry.msgid, "en", other, "ko"), other
                changed += 1
    assert changed > 30


@pytest.mark.parametrize("language", ["en", "en_GB", "ko", "ja", "fr", "de", "zh_TW", "es", "ru"])
@pytest.mark.parametrize("width", ["full", "long", "medium"])
@pytest.mark.parametrize("day", [dt.date(2024, 12, 27), dt.date(2025, 3, 4)])
def test_dates_are_read_as_babel_writes_them(day: dt.date, width: str, language: str) -> None:
    written = format_date(day, width, locale=language)
    assert [(value.kind, value.value) for value in values(written, language)] == [
        (ValueKind.DATE, day.isoformat())
    ]


@pytest.mark.parametrize(
    "language",
    [
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "el",
        "fa",
        "fi",
        "gd",
        "he",
        "hi",
        "hu",
        "id",
        "it",
        "lo",
        "my",
        "nl",
        "pl",
        "pt_BR",
        "ro",
        "sv",
        "th",
        "tr",
        "uk",
        "zh_Hant_HK",
    ],
)
def test_every_language_of_the_cldr_has_rules(language: str) -> None:
    translation = "2024. 12. 27., 5, 1.6.2"
    assert differences("2024-12-27, 5 and 1.6.2", "en", translation, language) == []
    assert kinds("2024-12-26 and 1.6.2", translation, language) == "number date"


def test_values_stand_in_the_order_of_the_text_as_they_are_printed() -> None:
    text = "SUPPORT@a.io: within Three (3) Months of Dec. 27, 2024 – ② １２ users, a day, once"
    assert values(text, "en") == [
        Value(ValueKind.EMAIL, "support@a.io", ""),
        Value(ValueKind.PERIOD, "3 months", ""),
        Value(ValueKind.DATE, "2024-12-27", ""),
        Value(ValueKind.PROVISION, "para-2", ""),
        Value(ValueKind.NUMBER, "12", ""),
        Value(ValueKind.PERIOD, "1 day", ""),
        Value(ValueKind.NUMBER, "1", ""),
    ]
    assert [(value.text, value.optional) for value in values(text, "en")] == [
        ("SUPPORT@a.io", False),
        ("Three (3) Months", False),
        ("Dec. 27, 2024", False),
        ("②", False),
        ("１２", False),
        ("a day", True),
        ("once", True),
    ]


def test_a_difference_says_what_is_missing_and_what_was_added() -> None:
    provision, period = differences("Article 9: 3 months", "en", "제8조: 3개월, 4개월", "ko")
    assert [(value.value, value.text) for value in provision.missing] == [("art-9", "Article 9")]
    assert [(value.value, value.text) for value in provision.added] == [("art-8", "제8조")]
    assert (period.kind, period.missing) == (ValueKind.PERIOD, ())
    assert [(value.value, value.text) for value in period.added] == [("4 months", "4개월")]


@pytest.mark.one_in(5)
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: f"{text[:12]}{len(text)}")
def test_a_hostile_text_is_read_to_its_end(text: str, language: str) -> None:
    """A third of it; ``tests/slow/test_hostile_values.py`` has the rest."""
    assert_read_to_its_end(text[:5_000], language)


def test_two_hostile_texts_are_compared() -> None:
    english, korean = "two, 9:00, 1 May; " * 5_000, "세 번, 9시 5분, 5월 2일; " * 5_000
    found = differences(english, "en", korean, "ko")
    assert [(d.kind, len(d.missing), len(d.added)) for d in found] == [
        (ValueKind.NUMBER, 10_000, 10_000),
        (ValueKind.DATE, 5_000, 5_000),
    ]
