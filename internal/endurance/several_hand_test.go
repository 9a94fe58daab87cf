package endurance

import (
	"fmt"
	"net/http"
	"sync"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// hand confirms what a person heard of, with several clients at once.
type hand struct {
	crew  *crew
	name  string // <party>/<id>
	desks []*desk
	heard chan *parcel // more than a test sends: hearing waits for nobody
	busy  sync.WaitGroup
}

func (h *hand) begin() {
	for _, d := range h.desks {
		h.busy.Go(func() {
			for p := range h.heard {
				h.crew.fail(h.confirm(d, p))
			}
		})
	}
}

// end lets it finish what was heard of. Nobody may hear of anything any more.
func (h *hand) end() {
	close(h.heard)
	h.busy.Wait()
}

func (h *hand) confirm(d *desk, p *parcel) error {
	signed, err := message.SignConfirmation(message.Confirmation{
		Message: p.id(), Envelope: p.envelope.Digest(), Kind: message.Received, Conform: true, Time: message.NewTime(now()),
	}, d.Key)
	if err != nil {
		return err
	}
	c := &confirmation{by: h.name, compact: signed.Compact()}
	h.crew.mu.Lock()
	p.confirmations = append(p.confirmations, c)
	h.crew.mu.Unlock()
	c.got, _ = d.insist(http.MethodPost, "/v1/berichten/"+p.id()+"/bevestigingen", "application/jose", []byte(c.compact))
	if c.got.status != http.StatusCreated {
		return fmt.Errorf("confirming letter %s is answered %d: %s", p.id(), c.got.status, c.got.body)
	}
	_, err = h.crew.judge.proved(c.got.body, tlog.Received, p.id())
	return err
}
