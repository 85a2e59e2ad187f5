// The words of the search page's script. Sphinx's own Korean file lacks the last one.
Documentation.addTranslations({
  "locale": "ko",
  "plural_expr": "0",
  "messages": {
    ", in ": ", ",
    "Hide Search Matches": "검색어 표시 끄기",
    "Preparing search...": "검색 준비 중…",
    "Search Results": "검색 결과",
    "Searching": "검색 중",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": "검색어와 일치하는 문서가 없습니다.",
    "Search finished, found one page matching the search query.": ["검색어와 일치하는 문서 ${resultCount}건을 찾았습니다."]
  }
});
