package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// contents is a list as pg_restore gives it, of a whole dump without ciphertext.
func contents() string {
	var b strings.Builder
	b.WriteString(";\n; Archive created at 2026-11-22 08:00:00 UTC\n;     TABLE DATA doorvoer chunk in a comment\n5; 2615 16389 SCHEMA - doorvoer eigenaar\n221; 1259 16652 TABLE doorvoer chunk eigenaar\n")
	for _, table := range trailTables {
		b.WriteString("3400; 0 16400 TABLE DATA sluis " + table + " eigenaar\n")
	}
	return b.String()
}

func TestContentsOfADump(t *testing.T) {
	for name, c := range map[string]struct{ list, say string }{
		"whole":           {contents(), ""},
		"with ciphertext": {contents() + "3500; 0 16652 TABLE DATA doorvoer chunk eigenaar\n", "doorvoer"},
		"without records": {strings.Replace(contents(), "TABLE DATA sluis record eigenaar", "", 1), "sluis.record niet"},
		"something else":  {"3400; 0 1 TABLE DATA public klanten x\n", "niet van een sluis"},
		"nothing":         {"", "niet van een sluis"},
		"half a line":     {contents() + "1; 0 1 TABLE DATA \n", ""},
	} {
		err := checkContents(c.list)
		if (err == nil) != (c.say == "") || err != nil && !strings.Contains(err.Error(), c.say) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDayKeysBesideADump(t *testing.T) {
	dir := t.TempDir()
	dump := filepath.Join(dir, "2026-11-22.dump")
	check(t, os.WriteFile(dump, nil, 0o600))
	if err := noDayKeysBeside(dump); err != nil {
		t.Errorf("a dump that is named after its day: %v", err)
	}
	check(t, os.Mkdir(filepath.Join(dir, "dagsleutels"), 0o700))
	check(t, os.WriteFile(filepath.Join(dir, "dagsleutels", "2026-11-21.key"), nil, 0o600))
	if err := noDayKeysBeside(dump); err == nil {
		t.Error("day keys beside a dump are not noticed")
	}
}
