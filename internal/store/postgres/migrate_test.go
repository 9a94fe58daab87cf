package postgres

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

func TestMigratingTwiceAndTogether(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 4 { // also where nothing is left to do: rights are granted again
				if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	opened(t, db)
}

// TestMigrationWaitsForAnother: it does nothing at all while another one has the turn, however long that lasts, and goes on when that ends,
// also by a crash.
func TestMigrationWaitsForAnother(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	other := dial(t, db.Owner)
	if err := takeTurn(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- Migrate(t.Context(), Options{URL: db.Owner}) }()
	select {
	case err := <-done:
		t.Fatalf("it did not wait: %v", err)
	case <-time.After(3500 * time.Millisecond): // more than lockTimeout
	}
	var there bool
	if err := other.QueryRow(t.Context(), "SELECT to_regnamespace('sluis') IS NOT NULL").Scan(&there); err != nil || there {
		t.Errorf("it began before its turn: %t, %v", there, err)
	}
	if err := other.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	opened(t, db)
}

// TestSchemaDecidesWhoStarts: an empty or older schema is refused; a newer one is good unless it says that it is not.
func TestSchemaDecidesWhoStarts(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	open := func() error {
		s, err := Open(t.Context(), Options{URL: db.Gateway})
		if err == nil {
			s.Close()
		}
		return err
	}
	if err := open(); !errors.Is(err, ErrEmpty) {
		t.Errorf("an empty database: %v", err)
	}
	if err := migrate(t.Context(), Options{URL: db.Owner}, only00001(t)); err != nil {
		t.Fatal(err)
	}
	last := lastStep(steps())
	if err := open(); last > 1 && !errors.Is(err, ErrOlder) {
		t.Errorf("a schema of step 1: %v", err)
	}
	if err := migrate(t.Context(), Options{URL: db.Owner}, with(t, last+1, "CREATE TABLE sluis.later (n int)")); err != nil {
		t.Fatal(err)
	}
	if err := open(); err != nil {
		t.Errorf("a newer schema that only adds: %v", err)
	}
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Errorf("an older program migrates a newer schema: %v", err)
	}
	breaking := fmt.Sprintf("UPDATE sluis.works_with SET oldest = %d", last+1)
	db.Cluster.Exec(t, db.Name, breaking)
	if err := open(); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer schema that breaks: %v", err)
	}
	if err := Migrate(t.Context(), Options{URL: db.Owner}); !errors.Is(err, ErrNewer) {
		t.Errorf("an older program migrates a schema that it does not know: %v", err)
	}
}

// TestMigrationGoesOnAfterAFault: a step that fails leaves nothing, and the steps before it stay.
func TestMigrationGoesOnAfterAFault(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	next := lastStep(steps()) + 1
	if err := migrate(t.Context(), Options{URL: db.Owner}, with(t, next, "CREATE TABLE sluis.half (n int); SELECT 1/0")); err == nil {
		t.Fatal("a step that fails was taken")
	}
	var half bool
	if err := dial(t, db.Owner).QueryRow(t.Context(), "SELECT to_regclass('sluis.half') IS NOT NULL").Scan(&half); err != nil || half {
		t.Errorf("half a step is there: %t, %v", half, err)
	}
	opened(t, db)
	if err := migrate(t.Context(), Options{URL: db.Owner}, with(t, next, "CREATE TABLE sluis.half (n int)")); err != nil {
		t.Errorf("after the fault was mended: %v", err)
	}
}

// TestGroupsThatAnAdministratorMustMake: an owner that may not make roles is told, and goes on when they were made.
func TestGroupsThatAnAdministratorMustMake(t *testing.T) {
	cluster := pgtest.Start(t)
	db := cluster.Database(t)
	cluster.Exec(t, db.Name, "REVOKE ALL ON DATABASE "+db.Name+" FROM sluis_gateway, sluis_lezer", "DROP ROLE sluis_gateway", "DROP ROLE sluis_lezer")
	if err := Migrate(t.Context(), Options{URL: db.Owner}); !errors.Is(err, ErrGroups) {
		t.Fatalf("without the group roles: %v", err)
	}
	cluster.Exec(t, db.Name, GroupStatements...)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Errorf("with the group roles: %v", err)
	}
}

// TestOnlyTheOwnerMigrates: another role changes nothing, before the first step and after.
func TestOnlyTheOwnerMigrates(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	for range 2 {
		if err := Migrate(t.Context(), Options{URL: db.Gateway}); !errors.Is(err, ErrOwner) {
			t.Errorf("as the gateway: %v", err)
		}
		if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
			t.Fatal(err)
		}
	}
}

// breaking is what a gateway that does not know a step may stumble over.
var breaking = regexp.MustCompile(`(?i)\b(DROP\s+(TABLE|COLUMN|FUNCTION)|RENAME|ALTER\s+COLUMN\s+\w+\s+(SET\s+DATA\s+)?TYPE|SET\s+NOT\s+NULL|REVOKE)\b`)

// TestBreakingStepsSaySo: a step that takes away or changes what older gateways use says from which on they work.
func TestBreakingStepsSaySo(t *testing.T) {
	files, err := fs.Glob(steps(), "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no steps")
	}
	for _, name := range files[1:] {
		text, err := fs.ReadFile(steps(), name)
		if err != nil {
			t.Fatal(err)
		}
		if found := breaking.FindString(string(text)); found != "" && !strings.Contains(string(text), "sluis.works_with") {
			t.Errorf("%s holds %q: set sluis.works_with.oldest, or write in a comment beside sluis.works_with why older gateways do not notice", name, found)
		}
	}
}

// only00001 is the first step alone.
func only00001(t *testing.T) fs.FS {
	t.Helper()
	text, err := fs.ReadFile(steps(), "00001_start.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{"00001_start.sql": {Data: text}}
}

// with is all steps and one more.
func with(t *testing.T, number int64, statement string) fs.FS {
	t.Helper()
	all := fstest.MapFS{fmt.Sprintf("%05d_more.sql", number): {Data: []byte("-- +goose Up\n" + statement + ";\n")}}
	names, err := fs.Glob(steps(), "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(steps(), name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = &fstest.MapFile{Data: text}
	}
	return all
}
