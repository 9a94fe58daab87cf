package trailcheck

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"runtime"
	"sync"

	"golang.org/x/mod/sumdb/note"
)

// signed is a checkpoint and what it must say: C2SP tlog-checkpoint has the origin, the size and the root on three lines.
type signed struct {
	keptNote
	name note.Verifier
	root hash
}

func (s signed) check() error {
	n, err := note.Open(s.note, note.VerifierList(s.name))
	if err != nil {
		return falsehood(s.size-1, "de handtekening onder het controlepunt na deze regel klopt niet")
	}
	want := fmt.Sprintf("%s\n%d\n%s\n", s.name.Name(), s.size, base64.StdEncoding.EncodeToString(s.root[:]))
	if n.Text != want {
		return falsehood(s.size-1, "het controlepunt na deze regel hoort bij een ander auditspoor")
	}
	return nil
}

// signatures checks the checkpoints of a page, on all processors: a signature takes as long as everything else about ten records. Which
// name each has is established one after another. What it gives is the first that is false.
func (c *check) signatures(p *page, roots map[int64]hash) error {
	var all []signed
	var broken error // where the names go wrong
	for _, kept := range p.checkpoints {
		if broken = c.begins(kept.size, kept.note); broken != nil {
			break
		}
		all = append(all, signed{kept, c.name, roots[kept.size]})
	}
	wrong := make([]error, len(all))
	var workers sync.WaitGroup
	at := runtime.GOMAXPROCS(0)
	for worker := range at {
		workers.Go(func() {
			for i := worker; i < len(all); i += at {
				wrong[i] = all[i].check()
			}
		})
	}
	workers.Wait()
	for i, s := range all {
		if wrong[i] != nil {
			return wrong[i]
		}
		if s.size == c.size && !bytes.Equal(s.note, c.lastNote) {
			return falsehood(s.size-1, "het laatste controlepunt staat er op twee manieren")
		}
		c.report.Checkpoints++
	}
	return broken
}
