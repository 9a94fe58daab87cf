package gateway_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// bare takes messages in without policy and signature checks: it reads the same request over the same TLS, hashes the payload and
// looks at its age header, and puts the same records and writes into the same sequencer and store. What it keeps is prepared: that
// of a message which a gateway accepted, under other ids. There is no such switch in the product.
type bare struct {
	log               *audit.Sequencer
	decision, offered tlog.Record
	message           relay.Stored
}

func serveBare(config gateway.Config, _ *slog.Logger) (func() error, error) {
	ctx := context.Background()
	store, err := gateway.OpenStore(ctx, config)
	if err != nil {
		return nil, err
	}
	secret, err := os.ReadFile(filepath.Join(config.Dir, "log.key"))
	if err != nil {
		return nil, err
	}
	signer, err := tlog.ParseSigner(string(secret))
	if err != nil {
		return nil, err
	}
	h := &bare{}
	if h.log, err = audit.NewSequencer(ctx, store, audit.Options{Origin: signer.Name(), Signer: signer, Linger: lingerOf(config)}); err != nil {
		return nil, err
	}
	if err := h.learn(ctx, store); err != nil {
		return nil, err
	}
	server := &http.Server{Handler: h}
	if server.TLSConfig, err = bareTLS(config); err != nil {
		return nil, err
	}
	go func() {
		server.Addr = config.API.Listen
		if err := server.ListenAndServeTLS("", ""); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, err)
		}
	}()
	return func() error { return errors.Join(server.Shutdown(ctx), h.log.Close(), store.Close()) }, nil
}

// lingerOf is what the gateway does: no wait for company on PostgreSQL.
func lingerOf(config gateway.Config) time.Duration {
	if config.Store.Postgres != "" {
		return -1
	}
	return 0
}

// learn reads what the last accepted message left.
func (h *bare) learn(ctx context.Context, store gateway.Store) error {
	head, err := store.Head(ctx)
	if err != nil {
		return err
	}
	for nr := head.Size - 1; h.decision.Kind == "" && nr >= 0; nr-- {
		data, err := store.Record(ctx, nr)
		if err != nil {
			return err
		}
		record, err := tlog.ParseRecord(data)
		switch {
		case err != nil:
			return err
		case record.Kind == tlog.Offered && h.offered.Kind == "":
			h.offered = record
		case record.Kind == tlog.Decided && h.offered.Kind != "":
			h.decision = record
		}
	}
	if h.decision.Message == nil {
		return errors.New("no message was accepted")
	}
	h.message, err = store.Message(ctx, *h.decision.Message)
	return err
}

func bareTLS(config gateway.Config) (*tls.Config, error) {
	own, err := tls.LoadX509KeyPair(config.API.CertFile, config.API.KeyFile)
	if err != nil {
		return nil, err
	}
	anchors, err := os.ReadFile(config.API.ClientAnchorsFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(anchors)
	return &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12,
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}, nil
}

func (h *bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	done, err := h.accept(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(done)
}

func (h *bare) accept(r *http.Request) (relay.Accepted, error) {
	form, err := r.MultipartReader()
	if err != nil {
		return relay.Accepted{}, err
	}
	compact, err := readPart(form)
	if err != nil {
		return relay.Accepted{}, err
	}
	envelope, err := message.ParseEnvelope(string(compact))
	if err != nil {
		return relay.Accepted{}, err
	}
	file, err := readPart(form)
	if err != nil {
		return relay.Accepted{}, err
	}
	header := message.NewAgeHeaderChecker(1, false)
	if _, err := header.Write(file); err != nil || header.Close() != nil {
		return relay.Accepted{}, errors.New("no age file")
	}
	payload := tlog.PayloadRef{Digest: digest.Of(file).String()}
	id, jws := envelope.ID(), strings.Clone(string(compact))
	as := func(r tlog.Record) tlog.Record {
		r.Message, r.Case, r.JWS, r.Payload, r.TraceID, r.SpanID = &id, &id, &jws, &payload, "", ""
		return r
	}
	st := h.message
	st.ID, st.Case, st.Envelope, st.Digest = id, id, jws, envelope.Digest().String()
	done, err := h.log.Commit(r.Context(), audit.Change{
		Records: []tlog.Record{as(h.decision), as(h.offered)},
		Writes: []audit.Write{relay.AcceptWrite{Message: st, RecordIndex: 1, Day: st.Time.UTC().Format("2006-01-02"), Seen: math.MaxInt64, // nobody looks back
			Inline: map[relay.Part][]byte{relay.PayloadPart: file}}},
	})
	if err != nil {
		return relay.Accepted{}, err
	}
	receipt, err := done.Receipt(1)
	return relay.Accepted{ID: id, Receipt: receipt}, err
}

func readPart(form *multipart.Reader) ([]byte, error) {
	p, err := form.NextRawPart()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(p)
}
