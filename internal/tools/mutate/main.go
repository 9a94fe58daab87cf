// Command mutate spoils the rules in one place at a time and looks whether their own tests notice: a condition whose removal no test
// notices is a condition that nobody holds.
//
// It spoils every file of rules under a folder in every way of [mutant], runs the tests beside the rules on each (as `opa test` does, by
// nothing else), writes the result as a document, and ends with 1 when a spoilt rule passed all tests. It must not change the rules
// themselves: what it spoils is a copy in memory.
//
//	mutate FOLDER DOCUMENT
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) != 2 {
		fmt.Fprintln(stderr, "usage: mutate FOLDER DOCUMENT")
		return 2
	}
	start := time.Now()
	s, err := load(args[0])
	if err != nil {
		fmt.Fprintln(stderr, "mutate:", err)
		return 2
	}
	if failed, err := s.test(ctx, s.modules); err != nil || failed != "" {
		fmt.Fprintln(stderr, "mutate: the rules do not pass their tests to begin with:", failed, err)
		return 2
	}
	results, err := s.testAll(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "mutate:", err)
		return 2
	}
	r := report{folder: filepath.Base(args[0]), day: start, took: time.Since(start), results: results}
	if err := os.WriteFile(args[1], []byte(r.document()), 0o644); err != nil {
		fmt.Fprintln(stderr, "mutate:", err)
		return 2
	}
	fmt.Fprint(stdout, r.summary())
	if len(r.survivors()) > 0 {
		return 1
	}
	return 0
}
