package registry

import (
	"context"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// maxAhead is how far the time in a signature may be ahead of this gateway's clock.
const maxAhead = 5 * time.Minute

// PublishConvenant keeps a version of a convenant as a draft: it comes in force when its parties have signed. Only the party
// that has the regie may, and of an id that exists only the party that had it in the version before. The same version again
// gives the same receipt. Errors: fault.List (with line and column), ErrNotYours, ErrTaken, audit errors.
func (r *Registry) PublishConvenant(ctx context.Context, caller party.OIN, yaml []byte) (*convenant.Convenant, tlog.Receipt, error) {
	c, err := convenant.ParseYAML(yaml)
	if err != nil {
		return nil, tlog.Receipt{}, err
	}
	if c.Lead != caller {
		return nil, tlog.Receipt{}, ErrNotYours
	}
	var kept *convenant.Convenant
	receipt, err := r.publish(ctx, func() (receipt tlog.Receipt, err error) {
		kept, receipt, err = r.publishVersion(ctx, caller, c, slices.Clone(yaml))
		return receipt, err
	})
	if err != nil {
		return nil, tlog.Receipt{}, err // kept may be another's still: what is being published is finished without its caller
	}
	return kept, receipt, nil
}

func (r *Registry) publishVersion(ctx context.Context, caller party.OIN, c *convenant.Convenant, text []byte) (*convenant.Convenant, tlog.Receipt, error) {
	s := r.Snapshot()
	newest, exists := s.newestVersion(c.ID)
	if exists && newest.Convenant.Lead != caller {
		return nil, tlog.Receipt{}, ErrNotYours
	}
	if kept, ok := s.Convenant(c.ID, c.Version); ok {
		if kept.Convenant.Digest() != c.Digest() {
			return nil, tlog.Receipt{}, ErrTaken
		}
		receipt, err := r.again(ctx, tlog.Convenant, c.Digest().String())
		return kept.Convenant, receipt, err
	}
	// The first version that comes here may have any number: an agreement can be older than this gateway.
	if exists && c.Version != newest.Convenant.Version+1 {
		var faults fault.List
		faults.Add("versie", "de volgende versie van dit convenant is %d", newest.Convenant.Version+1)
		return nil, tlog.Receipt{}, faults
	}
	if err := r.check(c); err != nil {
		return nil, tlog.Receipt{}, err
	}
	rec := record(tlog.Convenant, tlog.Actor{Party: string(caller)}, c.Digest().String())
	rec.Convenant = &tlog.ConvenantRef{ID: c.ID, Version: c.Version}
	rec.Recipients = members(c)
	receipt, err := r.keep(ctx, rec,
		convenant.VersionWrite{ID: c.ID, Version: c.Version, Digest: c.Digest().String(), YAML: text, Canonical: c.Canonical()},
		s.withStanding(convenant.Standing{Convenant: c}, text))
	if err != nil {
		return nil, tlog.Receipt{}, err
	}
	return c, receipt, nil
}

// PublishSignature keeps what a party says of a version: akkoord, afgewezen, ingetrokken. The signer is a party in it, signed
// with a card key that it pins, over exactly its digest. Errors: fault.List, ErrNotYours, ErrUnknown (version), audit errors.
func (r *Registry) PublishSignature(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	signed, err := convenant.VerifySignature(compact, r.anchors, r.now())
	if err != nil {
		return tlog.Receipt{}, err
	}
	if signed.Party != caller {
		return tlog.Receipt{}, ErrNotYours
	}
	return r.publish(ctx, func() (tlog.Receipt, error) { return r.publishSignature(ctx, caller, compact, signed) })
}

func (r *Registry) publishSignature(ctx context.Context, caller party.OIN, compact string, signed convenant.Signature) (tlog.Receipt, error) {
	s := r.Snapshot()
	st, ok := s.Convenant(signed.Convenant, signed.Version)
	if !ok {
		return tlog.Receipt{}, ErrUnknown
	}
	member, ok := st.Convenant.Member(caller)
	if !ok {
		return tlog.Receipt{}, ErrNotYours
	}
	jws := digest.Of([]byte(compact)).String()
	for _, known := range st.Signatures {
		if known.Compact == compact {
			return r.again(ctx, tlog.Convenant, jws)
		}
	}
	if err := checkSignature(st, member, signed, r.now()); err != nil {
		return tlog.Receipt{}, err
	}
	rec := record(tlog.Convenant, tlog.Actor{Party: string(caller)}, jws)
	rec.Convenant = &tlog.ConvenantRef{ID: signed.Convenant, Version: signed.Version}
	rec.Recipients = members(st.Convenant)
	now := r.now()
	next, change, err := s.withSignature(st, signed, now).telling(signed.Convenant, now)
	if err != nil {
		return tlog.Receipt{}, err
	}
	change.Records = append([]tlog.Record{rec}, change.Records...)
	change.Writes = append([]audit.Write{
		convenant.SignatureWrite{ID: signed.Convenant, Version: signed.Version, Party: caller, Verdict: signed.Verdict, Time: signed.Time, Compact: compact},
	}, change.Writes...)
	return r.keepAll(ctx, change, func(done audit.Committed) *Snapshot {
		// It came in when its record says, which is what the next start reads.
		came, err := time.Parse(tlog.TimeLayout, done.Records[0].Time)
		if err != nil {
			came = now
		}
		exact := s.withSignature(st, signed, came)
		exact.told = next.told
		return exact
	})
}

func checkSignature(st convenant.Standing, member convenant.Member, signed convenant.Signature, now time.Time) error {
	var faults fault.List
	if signed.Digest != st.Convenant.Digest() {
		faults.Add("digest", "dit is niet de digest van versie %d; haal de versie opnieuw op, lees haar en onderteken die", st.Convenant.Version)
	}
	if !member.Pins(signed.CardKey) {
		faults.Add("x5c", "er is ondertekend met een sleutel die niet als kaartsleutel van uw organisatie in het convenant staat")
	}
	if signed.Time.After(now.Add(maxAhead)) {
		faults.Add("tijd", "de tijd ligt in de toekomst; zet de klok van uw computer gelijk")
	}
	for _, before := range st.Signatures {
		// Otherwise who holds an old akkoord could undo a withdrawal with it: an ES256 signature has a second form that is as good,
		// so it is not enough to know the text again. A no is taken whatever its time.
		if before.Party == signed.Party && signed.Verdict == convenant.Agreed && !signed.Time.After(before.Time) {
			faults.Add("tijd", "er is een latere ondertekening van uw organisatie; onderteken opnieuw")
			break
		}
	}
	return faults.Err()
}

// members are the parties of a convenant: what happens to it is in the trail of each of them.
func members(c *convenant.Convenant) []tlog.Target {
	targets := make([]tlog.Target, len(c.Parties))
	for i, m := range c.Parties {
		targets[i] = tlog.Target{Party: string(m.OIN)}
	}
	return targets
}
