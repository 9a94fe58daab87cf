package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// pgRestore finds PostgreSQL's program: on the path, or where Debian keeps it, the newest.
func pgRestore() (string, error) {
	if found, err := exec.LookPath("pg_restore"); err == nil {
		return found, nil
	}
	all, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pg_restore") // the pattern is right
	if len(all) == 0 {
		return "", errors.New("pg_restore is er niet; installeer de clientprogramma's van PostgreSQL (postgresql-client)")
	}
	slices.Sort(all)
	return all[len(all)-1], nil
}

// checkArchive reads the table of contents of a dump.
func checkArchive(ctx context.Context, dump string) error {
	if _, err := os.Stat(dump); err != nil {
		return fmt.Errorf("de dump is niet te lezen: %w", err)
	}
	program, err := pgRestore()
	if err != nil {
		return err
	}
	list, err := exec.CommandContext(ctx, program, "--list", dump).Output()
	if err != nil {
		return errors.New("pg_restore kan deze dump niet lezen; maak hem met pg_dump --format=custom, en controleer of hij heel is")
	}
	return checkContents(string(list))
}

// trailTables are what a backup is worth nothing without.
var trailTables = []string{"record", "record_party", "hash", "checkpoint", "head", "card", "convenant", "signature", "wpg_decision", "policy", "policy_use", "message", "recipient"}

// checkContents looks in the list of pg_restore: "123; 0 16400 TABLE DATA sluis record owner".
func checkContents(list string) error {
	has := map[string]bool{}
	for line := range strings.Lines(list) {
		_, entry, ok := strings.Cut(line, " TABLE DATA ")
		if !ok || strings.HasPrefix(line, ";") {
			continue
		}
		fields := strings.Fields(entry)
		if len(fields) < 2 {
			continue
		}
		if fields[0] == "doorvoer" {
			return errors.New("in de dump staat versleutelde lading (schema doorvoer); wat gewist wordt blijft daarin bestaan. Gooi deze dump weg, en maak hem opnieuw met --exclude-table-data='doorvoer.*'")
		}
		has[fields[0]+"."+fields[1]] = true
	}
	for _, table := range trailTables {
		if !has["sluis."+table] {
			return fmt.Errorf("in de dump staat de tabel sluis.%s niet; hij is niet van een sluis, of niet heel", table)
		}
	}
	return nil
}

// restore puts a dump into an empty database. Owners and rights of the original are left out: the database is thrown away.
func restore(ctx context.Context, dump, trial, passwordFile string) error {
	program, err := pgRestore()
	if err != nil {
		return err
	}
	run := exec.CommandContext(ctx, program, "--exit-on-error", "--no-owner", "--no-privileges", "--dbname="+trial, dump)
	if passwordFile != "" {
		run.Env = append(os.Environ(), "PGPASSFILE="+passwordFile)
	}
	if err := run.Run(); err != nil {
		return errors.New("de dump is niet terug te zetten in de database van --proef; die moet leeg zijn, en de rol moet er tabellen in mogen maken")
	}
	return nil
}

// withPassFile adds the password file to a connection string.
func withPassFile(connection, file string) string {
	if file == "" {
		return connection
	}
	u, err := url.Parse(connection)
	if err != nil || u.Scheme == "" {
		return connection + " passfile='" + file + "'"
	}
	q := u.Query()
	q.Set("passfile", file)
	u.RawQuery = q.Encode()
	return u.String()
}
