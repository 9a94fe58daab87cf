package registry

import (
	"bytes"
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// ahead is what was read and verified before it is put in its place: on all processors, and kept until a load is in force. A load whose
// time is over, or whose store goes away, would otherwise begin again with nothing, and where much is new never come to its end. Whether it
// fits the rest is looked at each time. The zero value holds nothing.
type ahead struct {
	versions   map[versionKey]textRead
	signatures map[string]convenant.Signature // by compact form
}

type textRead struct {
	yaml      []byte
	convenant *convenant.Convenant
}

// read reads the texts that are new. Of those that cannot be read nothing is kept: whoever comes to one says so, in its turn.
func (a *ahead) read(ctx context.Context, versions []convenant.VersionWrite, known verified) error {
	var fresh []convenant.VersionWrite
	for _, kept := range versions {
		if _, ok := known.version(kept); !ok && a.version(kept) == nil {
			fresh = append(fresh, kept)
		}
	}
	read := make([]*convenant.Convenant, len(fresh))
	err := onAllProcessors(ctx, len(fresh), func(i int) {
		if c, err := convenant.ParseYAML(fresh[i].YAML); err == nil {
			read[i] = c
		}
	})
	if a.versions == nil {
		a.versions = make(map[versionKey]textRead)
	}
	for i, c := range read {
		if c != nil {
			a.versions[versionKey{fresh[i].ID, fresh[i].Version}] = textRead{fresh[i].YAML, c}
		}
	}
	return err
}

// version gives a convenant that was read from this very text; nil when there is none.
func (a *ahead) version(kept convenant.VersionWrite) *convenant.Convenant {
	if t, ok := a.versions[versionKey{kept.ID, kept.Version}]; ok && bytes.Equal(t.yaml, kept.YAML) {
		return t.convenant
	}
	return nil
}

// verify verifies the signatures that are new. Of those that do not hold nothing is kept.
func (a *ahead) verify(ctx context.Context, signatures []convenant.SignatureWrite, known verified, verify func(string) (convenant.Signature, error)) error {
	var fresh []string
	for _, kept := range signatures {
		if _, ok := known.signatures[kept.Compact]; ok {
			continue
		}
		if _, ok := a.signatures[kept.Compact]; !ok {
			fresh = append(fresh, kept.Compact)
		}
	}
	signed, holds := make([]convenant.Signature, len(fresh)), make([]bool, len(fresh))
	err := onAllProcessors(ctx, len(fresh), func(i int) {
		s, err := verify(fresh[i])
		signed[i], holds[i] = s, err == nil
	})
	if a.signatures == nil {
		a.signatures = make(map[string]convenant.Signature)
	}
	for i, compact := range fresh {
		if holds[i] {
			a.signatures[compact] = signed[i]
		}
	}
	return err
}

// onAllProcessors does something for each of n, several at once, until ctx is over; then it gives why.
func onAllProcessors(ctx context.Context, n int, do func(i int)) error {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
	return context.Cause(ctx)
}
