package trailcheck

import (
	"context"
	"errors"
	"testing"
)

// TestVerdict: damage goes before everything, and what was found false is told also when somebody ended the look for damage.
func TestVerdict(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	untrue, damaged, unread := falsehood(5, "ontbreekt"), falsehood(noRecord, "het bestand is beschadigd"), errors.New("reading")
	for name, one := range map[string]struct {
		ctx               context.Context
		damage, err, want error
	}{
		"sound":                              {t.Context(), nil, nil, nil},
		"false":                              {t.Context(), nil, untrue, untrue},
		"damaged, and false for that":        {t.Context(), damaged, untrue, damaged},
		"the file cannot be read":            {t.Context(), unread, untrue, unread},
		"damaged, and so broken off":         {t.Context(), damaged, context.Canceled, damaged},
		"found sound, and then broken off":   {ended, context.Canceled, nil, context.Canceled},
		"broken off":                         {ended, context.Canceled, context.Canceled, context.Canceled},
		"found false, and then broken off":   {ended, context.Canceled, untrue, untrue},
		"damaged, and then broken off":       {ended, damaged, untrue, damaged},
		"broken off after all was looked at": {ended, nil, context.Canceled, context.Canceled},
	} {
		if got := verdict(one.ctx, one.damage, one.err); got != one.want {
			t.Errorf("%s: %v, want %v", name, got, one.want)
		}
	}
}
