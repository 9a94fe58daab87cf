package convenant_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

var pairs = [][]party.OIN{{municipality, police}, {municipality, school}, {police, school}}

// editions are the versions that a life is drawn from: each number with some terms, in force for all or per party.
func editions(t testing.TB) map[int][]*convenant.Convenant {
	t.Helper()
	all := map[int][]*convenant.Convenant{}
	for number, text := range map[int]string{1: "1", 2: "2", 3: "3", 5: "5"} {
		for _, term := range []string{" 01-01 31-12 alle", " 01-01 31-12 per-partij", " 08-06 31-12 alle", " 03-06 12-06 per-partij", " 05-06 09-06 alle"} {
			all[number] = append(all[number], edition(t, text+term))
		}
	}
	return all
}

// drawLife draws versions and what was said of them, in order of arrival: with clocks that are ahead or behind, and twice.
func drawLife(t *rapid.T, from map[int][]*convenant.Convenant) []convenant.Standing {
	var line []convenant.Standing
	for _, number := range slices.Sorted(maps.Keys(from)) {
		if rapid.Bool().Draw(t, "there") {
			line = append(line, convenant.Standing{Convenant: rapid.SampledFrom(from[number]).Draw(t, "edition")})
		}
	}
	at := onDay(1)
	for range rapid.IntRange(0, 24).Draw(t, "words") {
		if len(line) == 0 {
			break
		}
		at = at.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 20, 30}).Draw(t, "hours")) * time.Hour)
		st := &line[rapid.IntRange(0, len(line)-1).Draw(t, "version")]
		verdict := rapid.SampledFrom([]convenant.Verdict{convenant.Agreed, convenant.Agreed, convenant.Agreed, convenant.Withdrawn, convenant.Rejected})
		sig := word(st.Convenant, rapid.SampledFrom([]party.OIN{municipality, police, school}).Draw(t, "who"), verdict.Draw(t, "verdict"), at)
		sig.Time = at.Add(time.Duration(rapid.IntRange(-60, 5).Draw(t, "clock")) * time.Minute)
		st.Signatures = append(st.Signatures, sig)
	}
	return line
}

// TestLawsOfTheLife: whatever is said, in whatever order.
func TestLawsOfTheLife(t *testing.T) {
	from := editions(t)
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawLife(t, from)
		shuffled := rapid.Permutation(drawn).Draw(t, "order")
		line := convenant.Line(shuffled)
		replaced := map[int]map[int]bool{}
		hour := time.Duration(rapid.IntRange(0, 23).Draw(t, "hour")) * time.Hour
		for day := range 16 {
			moment := onDay(day).Add(hour)
			then := cameBy(line, moment) // as it was known then
			for i, pair := range pairs {
				inForce := 0
				for _, st := range then {
					number := st.Convenant.Version
					if replaced[i] == nil {
						replaced[i] = map[int]bool{}
					}
					yes := st.InForce(moment, pair...)
					by := st.ReplacedBy(moment, pair...)
					switch {
					case yes && by != 0, yes && replaced[i][number]:
						t.Fatalf("day %d: version %d was replaced between %v and is in force", day, number, pair)
					case replaced[i][number] && by == 0:
						t.Fatalf("day %d: version %d is not replaced any more between %v", day, number, pair)
					case yes && !agreedByAll(st, moment, pair):
						t.Fatalf("day %d: version %d is in force between %v without akkoord", day, number, pair)
					case by != 0 && by <= number:
						t.Fatalf("version %d replaced by %d", number, by)
					}
					if status, _ := st.Status(moment, pair...); (status == convenant.StatusInForce) != yes {
						t.Fatalf("day %d: version %d has status %s and in force is %v", day, number, status, yes)
					}
					replaced[i][number] = by != 0
					if yes {
						inForce++
					}
				}
				if inForce > 1 {
					t.Fatalf("day %d: %d versions in force between %v", day, inForce, pair)
				}
			}
			// What is known later of then is the same, for a no that came in later did not undo what had been.
			for i, st := range then {
				for _, pair := range pairs {
					if by := st.ReplacedBy(moment, pair...); by != 0 && line[i].ReplacedBy(moment, pair...) < by {
						t.Fatalf("day %d: version %d was replaced between %v, and afterwards it was not", day, st.Convenant.Version, pair)
					}
				}
			}
		}
	})
}

// TestChangesAddUp: whether somebody looks each hour, or once after two weeks, or starts again half-way, the same is told of the same.
func TestChangesAddUp(t *testing.T) {
	from := editions(t)
	rapid.Check(t, func(t *rapid.T) {
		line := convenant.Line(drawLife(t, from))
		end := onDay(20)
		once := changes(line, nil, onDay(0), end)
		was, after := map[int][]party.OIN{}, onDay(0)
		var often []string
		for after.Before(end) {
			next := after.Add(time.Duration(rapid.IntRange(1, 200).Draw(t, "hours")) * time.Hour)
			if next.After(end) {
				next = end
			}
			then := cameBy(line, next)
			often = append(often, changes(then, was, after, next)...)
			for _, st := range then {
				was[st.Convenant.Version] = st.Parties(next)
			}
			after = next
		}
		if !slices.Equal(once, often) {
			t.Fatalf("looking once: %q\nlooking often: %q", once, often)
		}
	})
}

// cameBy gives the versions as they stood at a moment.
func cameBy(line []convenant.Standing, t time.Time) []convenant.Standing {
	then := slices.Clone(line)
	for i := range then {
		then[i].Signatures = slices.DeleteFunc(slices.Clone(then[i].Signatures), func(sig convenant.Signature) bool { return sig.Arrived.After(t) })
	}
	return convenant.Line(then)
}

// agreedByAll is the law said once more: each whose word is needed gave akkoord, and nothing else since.
func agreedByAll(st convenant.Standing, t time.Time, pair []party.OIN) bool {
	needed := pair
	if !st.Convenant.PerParty {
		needed = []party.OIN{municipality, police, school}
	}
	for _, oin := range needed {
		last := convenant.Verdict("")
		for _, sig := range st.Signatures {
			if sig.Party == oin {
				last = sig.Verdict
			}
		}
		if last != convenant.Agreed {
			return false
		}
	}
	return st.Convenant.Valid.Contains(t)
}
