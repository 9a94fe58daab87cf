package move

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// What is not copied: the head by itself; what says how far migrations and moves are; what was staged, which a store that is opened has dropped.
var (
	notCopied     = []string{"sluis.head", "sluis.works_with", "sluis.step", "sluis.arrival"}
	columnsNotSet = []string{"doorvoer.content.staging", "doorvoer.content.staged_ms"}
	// notRead are tables of the file of which the database knows the same otherwise: decisions by a column of their records.
	notRead = []string{"head", "departure", "goose_db_version", "decision", "sqlite_sequence"}
)

// TestEveryColumnIsCopied: a migration that adds a table or a column fails here until moving knows of it.
func TestEveryColumnIsCopied(t *testing.T) {
	conn, err := pgx.Connect(t.Context(), migrated(t).Owner)
	must(t, err)
	defer conn.Close(t.Context())
	rows, _ := conn.Query(t.Context(), `SELECT n.nspname || '.' || c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE n.nspname IN ('sluis', 'doorvoer') AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`)
	there := map[string][]string{}
	var name, column string
	_, err = pgx.ForEachRow(rows, []any{&name, &column}, func() error {
		if !slices.Contains(notCopied, name) && !slices.Contains(columnsNotSet, name+"."+column) {
			there[name] = append(there[name], column)
		}
		return nil
	})
	must(t, err)
	copied := map[string][]string{}
	for _, t := range tables {
		copied[t.name] = slices.Clone(t.columns)
	}
	for _, columns := range []map[string][]string{there, copied} {
		for _, list := range columns {
			slices.Sort(list)
		}
	}
	if diff := cmp.Diff(there, copied); diff != "" {
		t.Errorf("what is copied (-there +copied):\n%s", diff)
	}
}

// TestEveryTableOfTheFileIsRead: the same for the other side.
func TestEveryTableOfTheFileIsRead(t *testing.T) {
	s := inFile(t, t.TempDir())
	defer s.Close()
	rows, err := s.Rows(t.Context(), `SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`)
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var name, column string
		must(t, rows.Scan(&name, &column))
		read := slices.ContainsFunc(tables, func(one table) bool {
			words := strings.FieldsFunc(one.rows, func(r rune) bool { return r == ' ' || r == ',' })
			return slices.Contains(words, name) && slices.Contains(words, column)
		})
		if !read && !slices.Contains(notRead, name) && name+"."+column != "record_term.segment" && !slices.Contains(columnsNotSet, "doorvoer."+name+"."+column) {
			t.Errorf("%s of %s is not read", column, name)
		}
	}
	must(t, rows.Err())
}

// TestFingerprint: the order of rows does not count; everything else does.
func TestFingerprint(t *testing.T) {
	of := func(rows ...[]any) (f fingerprint) {
		for _, row := range rows {
			must(t, f.add(row))
		}
		return f
	}
	a, b := []any{int64(1), "a", nil}, []any{int64(2), []byte("a"), []string{"x", "y"}}
	if of(a, b) != of(b, a) || of(a, b) != of([]any{int32(1), "a", nil}, []any{int32(2), []byte("a"), []any{"x", "y"}}) {
		t.Error("the same rows have another fingerprint")
	}
	for _, other := range [][][]any{
		{a}, {a, a, b}, {a, b, b}, {{int64(1), "a", ""}, b}, {{int64(1), []byte("a"), nil}, b}, {{int64(1), "a"}, b}, {a, {int64(2), []byte("a"), []string{"xy"}}},
		{a, {int64(2), []byte("a"), []string{"x"}, "y"}}, {{int64(1), nil, "a"}, b},
	} {
		if of(a, b) == of(other...) {
			t.Errorf("%v have the fingerprint of others", other)
		}
	}
	if err := new(fingerprint).add([]any{1.5}); err == nil {
		t.Error("what no table holds was taken")
	}
}
