package client

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// follower is a client whose gateway is a log kept by hand; which log it meets can be changed under way.
func follower(t *testing.T) (*Client, *handLog, func(*handLog)) {
	t.Helper()
	dir, _, secret := completeWithLog(t)
	p, err := LoadProfile(dir)
	check(t, err)
	log := newHandLog(t, secret)
	met := log
	c, err := New(p, WithTransport(func(http.RoundTripper) http.RoundTripper {
		return roundTrip(func(r *http.Request) (*http.Response, error) { return met.RoundTrip(r) })
	}))
	check(t, err)
	return c, log, func(l *handLog) { met = l }
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func (l *handLog) shownTo(c *Client, r tlog.Receipt) error {
	l.t.Helper()
	raw, err := json.Marshal(r)
	check(l.t, err)
	_, _, err = c.verifyReceipt(l.t.Context(), raw)
	return err
}

func wants(t *testing.T, err error, code RefusalCode) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Code != code {
		t.Errorf("want a refusal %s, got %v", code, err)
	}
}

func TestLogThatOnlyGrowsIsFollowed(t *testing.T) {
	c, log, _ := follower(t)
	for _, n := range []int{1, 2, 7, 256, 257, 600} {
		log.append(n-len(log.records), "zout")
		for _, nr := range []int{0, n / 2, n - 1} {
			if err := log.shownTo(c, log.receipt(nr, n)); err != nil {
				t.Fatalf("record %d of %d: %v", nr, n, err)
			}
		}
	}
	if err := log.shownTo(c, log.receipt(3, 7)); err != nil {
		t.Errorf("an earlier receipt no longer counts: %v", err)
	}
	kept := read(t, c.profile.Dir, fileCheckpoint)
	if !strings.HasPrefix(string(kept), "localhost:8443/log\n600\n") {
		t.Errorf("the newest checkpoint was not kept:\n%s", kept)
	}
}

func TestLogThatForksIsRefused(t *testing.T) {
	for name, play := range map[string]func(c *Client, log *handLog, meet func(*handLog)) error{
		"rewritten and longer": func(c *Client, log *handLog, meet func(*handLog)) error {
			other := log.fork(4)
			other.append(9, "ander")
			meet(other)
			return other.shownTo(c, other.receipt(12, 13))
		},
		"rewritten, same length": func(c *Client, log *handLog, meet func(*handLog)) error {
			other := log.fork(4)
			other.append(6, "ander")
			meet(other)
			return other.shownTo(c, other.receipt(9, 10))
		},
		"shorter and written on": func(c *Client, log *handLog, meet func(*handLog)) error {
			other := log.fork(4)
			other.append(2, "ander")
			meet(other)
			return other.shownTo(c, other.receipt(5, 6))
		},
		"no tiles": func(c *Client, log *handLog, meet func(*handLog)) error {
			log.append(5, "zout")
			log.tiles = false
			return log.shownTo(c, log.receipt(14, 15))
		},
		"tiles of another log": func(c *Client, log *handLog, meet func(*handLog)) error {
			other := log.fork(0)
			other.append(15, "ander")
			log.append(5, "zout")
			meet(other)
			return log.shownTo(c, log.receipt(14, 15))
		},
		"kept checkpoint is not of this log": func(c *Client, log *handLog, meet func(*handLog)) error {
			write(log.t, c.profile.Dir, fileCheckpoint, "localhost:8443/log\n1\nAAAA\n\n— x y\n")
			return log.shownTo(c, log.receipt(9, 10))
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, log, meet := follower(t)
			log.append(10, "zout")
			check(t, log.shownTo(c, log.receipt(0, 10)))
			before := read(t, c.profile.Dir, fileCheckpoint)
			wants(t, play(c, log, meet), LogForked)
			if name[:4] != "kept" && string(read(t, c.profile.Dir, fileCheckpoint)) != string(before) {
				t.Error("the kept checkpoint was replaced by a false one")
			}
		})
	}
}

func TestTilesThatCannotBeHadNowSayNothing(t *testing.T) {
	c, log, _ := follower(t)
	log.append(10, "zout")
	check(t, log.shownTo(c, log.receipt(0, 10)))
	log.append(1, "zout")
	c.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) { return nil, errors.New("network is down") })
	err := log.shownTo(c, log.receipt(10, 11))
	var gone *UnreachableError
	if !errors.As(err, &gone) {
		t.Errorf("want an UnreachableError, got %v", err)
	}
}

func TestFalseReceiptsAreRefused(t *testing.T) {
	_, _, otherKey := completeWithLog(t)
	for name, spoil := range map[string]func(log *handLog) tlog.Receipt{
		"other record": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Record = log.records[4]
			return r
		},
		"other nr": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Record = []byte(strings.Replace(string(r.Record), `"nr":3`, `"nr":4`, 1))
			return r
		},
		"index of another": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Proof = strings.Replace(r.Proof, "index 3\n", "index 4\n", 1)
			return r
		},
		"other root": func(log *handLog) tlog.Receipt {
			other := log.fork(3)
			other.append(7, "ander")
			r := log.receipt(3, 10)
			head, _, _ := strings.Cut(r.Proof, "\n\n")
			r.Proof = head + "\n\n" + string(other.checkpoint(10))
			return r
		},
		"other key": func(log *handLog) tlog.Receipt {
			other := newHandLog(log.t, otherKey)
			other.append(10, "zout")
			return other.receipt(3, 10)
		},
		"changed record": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Record = []byte(strings.Replace(string(r.Record), `"opgehaald"`, `"ontvangen"`, 1))
			return r
		},
		"missing key": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Record = []byte(strings.Replace(string(r.Record), `"grondslag":null,`, ``, 1))
			return r
		},
		"key added": func(log *handLog) tlog.Receipt {
			r := log.receipt(3, 10)
			r.Record = []byte(strings.Replace(string(r.Record), `"nr":3`, `"extra":1,"nr":3`, 1))
			return r
		},
		"no proof": func(log *handLog) tlog.Receipt { return tlog.Receipt{Record: log.records[3], Proof: "bewijs"} },
	} {
		t.Run(name, func(t *testing.T) {
			c, log, _ := follower(t)
			log.append(10, "zout")
			wants(t, log.shownTo(c, spoil(log)), ReceiptFalse)
		})
	}
}

func TestNoReceiptIsNoReceipt(t *testing.T) {
	c, _, _ := follower(t)
	for _, raw := range []string{``, `null`, `{}`, `[]`, `{"auditregel":{},"bewijs":""}`, `{"auditregel":null,"bewijs":"x"}`} {
		_, _, err := c.verifyReceipt(t.Context(), json.RawMessage(raw))
		wants(t, err, ReceiptFalse)
	}
}
