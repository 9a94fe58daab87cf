package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/tester"
)

// oneMutant is how long the tests may take on one mutant; a rule that never ends was noticed.
const oneMutant = time.Minute

// suite is a folder of rules with their tests and data, as `opa test` reads it.
type suite struct {
	folder  string
	modules map[string]*ast.Module
	store   storage.Store
}

func load(folder string) (*suite, error) {
	modules, store, err := tester.Load([]string{folder}, nil)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", folder, err)
	}
	return &suite{folder, modules, store}, nil
}

// result is what the tests said of one mutant.
type result struct {
	mutant
	built    bool   // else: the compiler refused it, which nobody can overlook
	failedBy string // the first test that failed; "" when all passed
}

func (r result) survived() bool { return r.built && r.failedBy == "" }

// testAll tests all mutants of all files, as many at once as there are processors.
func (s *suite) testAll(ctx context.Context) ([]result, error) {
	var all []result
	for _, file := range slices.Sorted(maps.Keys(s.modules)) {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		for _, m := range mutantsOf(file, s.modules[file]) {
			all = append(all, result{mutant: m})
		}
	}
	var wait sync.WaitGroup
	next := make(chan *result)
	errs := make([]error, runtime.GOMAXPROCS(0))
	for i := range errs {
		wait.Go(func() {
			for r := range next {
				errs[i] = errors.Join(errs[i], s.testOne(ctx, r))
			}
		})
	}
	for i := range all {
		next <- &all[i]
	}
	close(next)
	wait.Wait()
	for i := range all {
		all[i].file, _ = filepath.Rel(filepath.Dir(s.folder), all[i].file)
	}
	return all, errors.Join(errs...)
}

func (s *suite) testOne(ctx context.Context, r *result) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, oneMutant)
	defer cancel()
	modules := maps.Clone(s.modules)
	modules[r.file] = r.module
	failed, err := s.test(ctx, modules)
	switch {
	case ctx.Err() == context.DeadlineExceeded:
		r.built, r.failedBy = true, "(no end)"
	case errors.As(err, new(ast.Errors)):
	case err != nil:
		return fmt.Errorf("testing %s:%d, %s: %w", r.file, r.line, r.what, err)
	default:
		r.built, r.failedBy = true, failed
	}
	r.module = nil // thousands of them
	return nil
}

// test runs the tests until one fails, and gives its name.
func (s *suite) test(ctx context.Context, modules map[string]*ast.Module) (failed string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	txn, err := s.store.NewTransaction(ctx)
	if err != nil {
		return "", err
	}
	defer s.store.Abort(context.WithoutCancel(ctx), txn)
	results, err := tester.NewRunner().SetCompiler(ast.NewCompiler()).SetStore(s.store).SetModules(modules).RunTests(ctx, txn)
	if err != nil {
		return "", err
	}
	ran := 0
	for r := range results {
		ran++
		if failed == "" && !r.Pass() {
			failed = r.Package + "." + r.Name
			cancel() // and read on, until the runner has stopped
		}
	}
	if ran == 0 {
		return "", errors.New("no tests")
	}
	return failed, nil
}
