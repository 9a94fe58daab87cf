package client

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	modtlog "golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// handLog is a log kept by hand, as its operator could: it holds the real key, and so it can also lie.
type handLog struct {
	t       *testing.T
	signer  note.Signer
	records [][]byte
	hashes  []modtlog.Hash
	tiles   bool // tiles are served
}

func newHandLog(t *testing.T, secret string) *handLog {
	t.Helper()
	signer, err := tlog.ParseSigner(secret)
	check(t, err)
	return &handLog{t: t, signer: signer, tiles: true}
}

// fork gives a log with the same key and the same first records.
func (l *handLog) fork(first int) *handLog {
	f := &handLog{t: l.t, signer: l.signer, tiles: true}
	for _, record := range l.records[:first] {
		f.keep(record)
	}
	return f
}

// append adds records; what tells two logs apart is their salt.
func (l *handLog) append(n int, salt string) {
	l.t.Helper()
	sum := sha256.Sum256([]byte(salt))
	for range n {
		id := "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"
		record, err := tlog.Record{
			Nr: int64(len(l.records)), Time: "2026-11-21T10:00:00.000Z", Kind: tlog.Fetched, Message: &id,
			Recipients: []tlog.Target{}, Categories: []string{}, Subjects: []string{}, Reasons: []string{}, Salt: base64.RawURLEncoding.EncodeToString(sum[:]),
			TraceID: strings.Repeat("0", 32), SpanID: strings.Repeat("0", 16),
		}.Canonical()
		check(l.t, err)
		l.keep(record)
	}
}

func (l *handLog) keep(record []byte) {
	l.t.Helper()
	added, err := modtlog.StoredHashesForRecordHash(int64(len(l.records)), tlog.Leaf(record), l.reader())
	check(l.t, err)
	l.records = append(l.records, record)
	l.hashes = append(l.hashes, added...)
}

func (l *handLog) reader() modtlog.HashReader {
	return modtlog.HashReaderFunc(func(indexes []int64) ([]modtlog.Hash, error) {
		out := make([]modtlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = l.hashes[index]
		}
		return out, nil
	})
}

// checkpoint signs the first n records.
func (l *handLog) checkpoint(n int) []byte {
	l.t.Helper()
	root, err := modtlog.TreeHash(int64(n), l.reader())
	check(l.t, err)
	signed, err := tlog.SignCheckpoint("localhost:8443/log", int64(n), root, l.signer)
	check(l.t, err)
	return signed
}

// receipt proves record nr in the tree of n records.
func (l *handLog) receipt(nr, n int) tlog.Receipt {
	l.t.Helper()
	proof, err := modtlog.ProveRecord(int64(n), int64(nr), l.reader())
	check(l.t, err)
	return tlog.Receipt{Record: l.records[nr], Proof: tlog.FormatProof(int64(nr), proof, l.checkpoint(n))}
}

// RoundTrip serves the tiles of the log.
func (l *handLog) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := http.StatusNotFound, []byte("{}")
	if tile, err := torchwood.ParseTilePath(strings.TrimPrefix(r.URL.Path, "/log/")); err == nil && l.tiles && (tile.N<<8+int64(tile.W))<<(8*tile.L) <= int64(len(l.records)) {
		if data, err := modtlog.ReadTileData(tile, l.reader()); err == nil {
			status, body = http.StatusOK, data
		}
	}
	return &http.Response{
		StatusCode: status, Header: http.Header{"Content-Type": {"application/octet-stream"}, "Content-Length": {strconv.Itoa(len(body))}},
		Body: io.NopCloser(bytes.NewReader(body)), Request: r,
	}, nil
}
