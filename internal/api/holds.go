package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// postHold keeps a case from being pruned, in the name of the caller's party; postRelease ends that. Both answer with the receipt of their
// record.
func (s *server) postHold(k *call) error { return s.changeHold(k, s.Relay.Hold) }

func (s *server) postRelease(k *call) error { return s.changeHold(k, s.Relay.Release) }

func (s *server) changeHold(k *call, change func(context.Context, auth.Caller, string, relay.HoldReason) (tlog.Receipt, error)) error {
	id, err := k.id()
	if err != nil {
		return err
	}
	body, err := k.body()
	if err != nil {
		return err
	}
	why, err := readHold(body)
	if err != nil {
		return err
	}
	receipt, err := change(k.Request().Context(), k.caller, id, why)
	if err != nil {
		return err
	}
	return k.receipt(receipt)
}

// readHold reads {"reden":"…"}. What somebody complains of has no place here, and is refused.
func readHold(body []byte) (relay.HoldReason, error) {
	var faults fault.List
	o := strictjson.Parse(body, strictjson.Limits{Bytes: maxHold, Depth: 2}, &faults).Object(&faults)
	why := relay.HoldReason(o.Text("reden", 32))
	o.End()
	if len(faults) == 0 && !slices.Contains(relay.HoldReasons, why) {
		known := make([]string, len(relay.HoldReasons))
		for i, reason := range relay.HoldReasons {
			known[i] = string(reason)
		}
		faults.Add("reden", "moet een van deze zijn: %s", strings.Join(known, ", "))
	}
	if len(faults) > 0 {
		return "", malformed(faults)
	}
	return why, nil
}

// holdLine is a hold in a list.
type holdLine struct {
	Case   string           `json:"zaak"`
	Reason relay.HoldReason `json:"reden"`
	Since  string           `json:"sinds"`
}

// getHolds gives what the caller's party holds to its privacy officers, the oldest first.
func (s *server) getHolds(k *call) error {
	after, err := k.afterNumber()
	if err != nil {
		return err
	}
	list, err := s.Relay.Holds(k.Request().Context(), k.caller, after, pageSize+1)
	if err != nil {
		return err
	}
	list, cursor := numberedPage(list, func(v relay.Hold) int64 { return v.Nr })
	out := make([]holdLine, len(list))
	for i, h := range list {
		out[i] = holdLine{h.Case, h.Reason, utc(h.Since)}
	}
	return k.json(http.StatusOK, struct {
		Holds  []holdLine `json:"vasthoudingen"`
		Cursor *string    `json:"cursor"`
	}{out, cursor})
}
