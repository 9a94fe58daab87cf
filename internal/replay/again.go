package replay

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Errors of deciding again.
var (
	// ErrNoDecision says that a record is no decision, or one whose facts are kept no longer.
	ErrNoDecision = errors.New("deze auditregel is geen besluit, of de feiten ervan worden niet meer bewaard; van een bericht dat is aangenomen staat het besluit in de regel voor die van het ontvangstbewijs")
	// ErrOtherRules says that the rules or the convenant at hand are not those that the record names: nothing was decided again.
	ErrOtherRules = errors.New("de regels of het convenant van die dag zijn er niet")
)

// Outcome is what a decision came to.
type Outcome struct {
	Decision string   `json:"besluit"` // toegestaan | geweigerd
	Reasons  []string `json:"redenen"` // codes, sorted
	Policy   string   `json:"beleid"`
}

// Replayed is a decision beside the same decision made again.
type Replayed struct {
	Nr   int64   `json:"nr"`
	Same bool    `json:"zelfde"`
	Then Outcome `json:"toen"` // as recorded
	Now  Outcome `json:"nu"`   // by the rules of that day, on the facts of that day
	// Bundle is the digest of the rules of that day; with that of the convenant it makes `beleid`.
	Bundle string `json:"regels"`
	// Convenant is the digest of the version that the decision was made under; "" where none was known.
	Convenant string `json:"convenant"`
}

// decided is what a record of kind besluit says.
type decided struct {
	record    tlog.Record
	policy    string
	convenant string // digest
	ownRules  bool   // the convenant brings rules
}

func readDecided(record tlog.Record) (decided, error) {
	var facts struct {
		Established struct {
			Convenant struct {
				Digest *string `json:"digest"`
				Rules  bool    `json:"regels"`
			} `json:"convenant"`
		} `json:"vastgesteld"`
	}
	if record.Kind != tlog.Decided || record.Decision == nil || record.Policy == nil || json.Unmarshal(record.Facts, &facts) != nil {
		return decided{}, ErrNoDecision
	}
	c := facts.Established.Convenant
	if c.Digest == nil {
		return decided{}, ErrNoDecision
	}
	return decided{record, *record.Policy, *c.Digest, c.Rules}, nil
}

// Decide decides a record again with rules that the caller has: anybody can, with the record, the bundle and the convenant. It trusts
// none of them further than their digests in the record. c may be nil where the facts do not say that the convenant brings rules.
// Errors: [ErrNoDecision], [ErrOtherRules], those of the engine.
func Decide(ctx context.Context, record tlog.Record, bundle policy.Bundle, c *convenant.Convenant) (Replayed, error) {
	d, err := readDecided(record)
	if err != nil {
		return Replayed{}, err
	}
	if policy.DecidedBy(bundle.Digest(), d.convenant) != d.policy {
		return Replayed{}, ErrOtherRules
	}
	engine, err := policy.NewFromBundle(ctx, bundle)
	if err != nil {
		return Replayed{}, fmt.Errorf("preparing the rules of another day: %w", err)
	}
	return d.again(ctx, engine, c)
}

// again asks an engine whose rules are those of the record.
func (d decided) again(ctx context.Context, engine *policy.Engine, c *convenant.Convenant) (Replayed, error) {
	if d.ownRules {
		if c == nil || c.Digest().String() != d.convenant {
			return Replayed{}, ErrOtherRules
		}
		with, err := engine.With(c)
		if err != nil {
			return Replayed{}, fmt.Errorf("preparing the rules of the convenant itself: %w", err)
		}
		engine = with
	}
	verdict, err := engine.Again(ctx, d.record.Facts)
	if err != nil {
		return Replayed{}, err
	}
	// A yes in a message that was refused for another recipient is marked in the trail; the rules said nothing against it.
	then := slices.DeleteFunc(slices.Clone(d.record.Reasons), func(code string) bool { return code == otherRefused })
	slices.Sort(then)
	r := Replayed{
		Nr: d.record.Nr, Bundle: engine.Digest(), Convenant: d.convenant,
		Then: Outcome{*d.record.Decision, append([]string{}, then...), d.policy},
		Now:  Outcome{refused, verdict.Reasons, verdict.Policy},
	}
	if verdict.Allow {
		r.Now.Decision = audit.Allowed
	}
	r.Same = r.Then.Decision == r.Now.Decision && slices.Equal(then, verdict.Reasons) && r.Then.Policy == r.Now.Policy
	return r, nil
}

// Words of the trail, as relay writes them.
const (
	refused      = "geweigerd"
	otherRefused = "andere-ontvanger-geweigerd"
)
