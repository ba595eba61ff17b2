-- Words to search by (L14): full-text indexes of whole words, searched by their beginnings, whose
-- rowid is the `seq` of the row, so that hits come newest first and a page stops early. The first
-- column holds one word, the reseller, so that a search never walks over another's rows.
create virtual table license_search using fts5 (
    reseller, words, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);

create virtual table customer_search using fts5 (
    reseller, words, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
