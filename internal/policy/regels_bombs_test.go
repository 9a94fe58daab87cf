package policy_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// chain writes thirty rules, each made of the one before it.
func chain(first, link string) string {
	rules := "package convenant\n\n" + strings.ReplaceAll(first, "N", "0") + "\n"
	for i := 1; i <= 30; i++ {
		rules += "\n" + strings.NewReplacer("N", fmt.Sprint(i), "M", fmt.Sprint(i-1)).Replace(link) + "\n"
	}
	return rules + "\nweiger contains \"nee\" if a30 == b30\n"
}

// A text of one page can describe a list of a thousand million lists. It is not made: refused when it is written, or stopped when the
// first list enters another.
func TestOwnRulesDoNotGrow(t *testing.T) {
	for name, rules := range map[string]string{
		"lists written out":  chain("aN := [1]\n\nbN := [1]", "aN := [aM, aM]\n\nbN := [bM, bM]"),
		"comprehensions":     chain("aN := [1]\n\nbN := [1]", "aN := [aM | some _ in [1, 2]]\n\nbN := [bM | some _ in [1, 2]]"),
		"sets":               chain("aN := {1}\n\nbN := {1, 2}", "aN contains aM\n\naN contains bM\n\nbN contains aM\n\nbN contains bM\n\nbN contains 1"),
		"objects":            chain("aN := {1: 1}\n\nbN := {1: 1}", "aN := {k: aM | some k in [1, 2]}\n\nbN := {k: bM | some k in [1, 2]}"),
		"keys":               chain("aN := {1: 1}\n\nbN := {1: 1}", "aN := {aM: k | some k in [1]}\n\nbN := {bM: k | some k in [1]}"),
		"functions":          chain("f(x) := [x | some _ in [1, 2]]\n\naN := [1]\n\nbN := [1]", "aN := f(aM)\n\nbN := f(bM)"),
		"heads with a value": chain("aN := [1]\n\nbN := [1]", "aN.x := aM\n\naN.y := aM\n\nbN.x := bM\n\nbN.y := bM"),
		"facts":              chain("aN := input\n\nbN := input", "aN := [aM | some _ in [1, 2]]\n\nbN := [bM | some _ in [1, 2]]"),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := worked(t)
			e, c := fresh(t), bringing(t, rules)
			var faults fault.List
			if err := e.Prepare(c); err != nil {
				if !errors.As(err, &faults) {
					t.Errorf("error %v", err)
				}
			} else if d, err := e.Decide(context.Background(), signal(t, c)); err == nil || d.Allow {
				t.Errorf("decision %+v, error %v", d, err)
			}
			runtime.ReadMemStats(&after)
			if took, used := worked(t)-start, after.TotalAlloc-before.TotalAlloc; took > 2*time.Second || used > 200<<20 {
				t.Errorf("took %v and %d MB", took, used>>20)
			}
		})
	}
}

// worked is how much processor time this process has taken. What others on the machine do does not count.
func worked(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
