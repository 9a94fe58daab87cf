package replay

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func tallied(salts []string, own int) tally {
	var t tally
	for i, salt := range salts {
		t.add(salt, i < own)
	}
	return t
}

// What is shown of others is a multiple of 5, less than 5 away, never of fewer than 5, and the same for the same records in any order.
func TestCountsOfOthersAreRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		salts := rapid.SliceOfNDistinct(rapid.StringN(4, 8, -1), 0, 40, rapid.ID).Draw(t, "salts")
		own := rapid.IntRange(0, len(salts)).Draw(t, "own")
		others := len(salts) - own
		n := tallied(salts, own).shown()
		if n.Own != own {
			t.Fatalf("own %d, want %d", n.Own, own)
		}
		if (n.Others == nil) != (others < 5) {
			t.Fatalf("%d of others shown as %v", others, n.Others)
		}
		mixed := slices.Clone(salts[own:])
		slices.Reverse(mixed)
		again := tallied(append(slices.Clone(salts[:own]), mixed...), own).shown()
		if n.Others == nil {
			return
		}
		if *n.Others%5 != 0 || *n.Others <= others-5 || *n.Others >= others+5 || *again.Others != *n.Others {
			t.Fatalf("%d of others shown as %d, and as %d", others, *n.Others, *again.Others)
		}
	})
}

// On average the numbers are right, and one record more often makes no difference: else two drafts would tell whether it is there.
func TestOneRecordIsLostInTheRounding(t *testing.T) {
	const tries = 4000
	sum, same := 0, 0
	for i := range tries {
		salts := make([]string, 13)
		for j := range salts {
			salts[j] = fmt.Sprintf("%d-%d", i, j)
		}
		with, without := tallied(salts, 0).shown(), tallied(salts[:12], 0).shown()
		sum += *with.Others
		if *with.Others == *without.Others {
			same++
		}
	}
	if mean := float64(sum) / tries; mean < 12.8 || mean > 13.2 {
		t.Errorf("13 is shown as %.2f on average", mean)
	}
	// P(10)P(10) + P(15)P(15) = 0.4×0.6 + 0.6×0.4 = 0.48
	if share := float64(same) / tries; share < 0.43 || share > 0.53 {
		t.Errorf("with and without one record are equal in %.2f of cases", share)
	}
}

// The number of a party's own messages never makes others visible: four of its own and one of somebody else are no five.
func TestOwnMessagesLiftNothingOverTheThreshold(t *testing.T) {
	groups := map[Group]*tally{}
	small, fromSelf := tally{}, tallied([]string{"a", "b", "c", "d", "e"}, 4)
	small.add("x", false)
	groups[Group{Flow: "van een ander"}], groups[Group{Flow: "vooral eigen"}] = &small, &fromSelf
	got := rows(groups)
	if len(got) != 1 || got[0].Flow != "vooral eigen" || got[0].Own != 4 || got[0].Others != nil {
		t.Errorf("shown: %+v", got)
	}
}
