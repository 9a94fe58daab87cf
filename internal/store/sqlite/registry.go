package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// keepCard keeps a version of a card; versions only go up.
func (t *transaction) keepCard(w party.CardWrite) error {
	var newer int
	err := t.w.row(`SELECT count(*) FROM card WHERE oin = ? AND id = ? AND version >= ?`, string(w.OIN), w.ID, w.Version).Scan(&newer)
	if err != nil {
		return err
	}
	if newer > 0 {
		return audit.ErrConflict
	}
	_, err = t.w.exec(`INSERT INTO card (oin, id, version, digest, compact) VALUES (?, ?, ?, ?, ?)`,
		string(w.OIN), w.ID, w.Version, w.Digest, w.Compact)
	return err
}

// Cards gives the newest version of each card, party cards first.
func (s *Store) Cards(ctx context.Context) ([]party.CardWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT oin, id, max(version), digest, compact FROM card GROUP BY oin, id ORDER BY id <> '', oin, id`)
	if err != nil {
		return nil, fmt.Errorf("reading cards: %w", err)
	}
	return collect(rows, func(row scanner) (w party.CardWrite, err error) {
		return w, row.Scan(&w.OIN, &w.ID, &w.Version, &w.Digest, &w.Compact)
	})
}

func (t *transaction) keepVersion(w convenant.VersionWrite) error {
	_, err := t.w.exec(`INSERT INTO convenant (id, version, digest, yaml, canonical) VALUES (?, ?, ?, ?, ?)`,
		w.ID, w.Version, w.Digest, w.YAML, w.Canonical)
	return err
}

// Convenants gives every version of every convenant.
func (s *Store) Convenants(ctx context.Context) ([]convenant.VersionWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT id, version, digest, yaml, canonical FROM convenant ORDER BY id, version`)
	if err != nil {
		return nil, fmt.Errorf("reading convenants: %w", err)
	}
	return collect(rows, func(row scanner) (w convenant.VersionWrite, err error) {
		return w, row.Scan(&w.ID, &w.Version, &w.Digest, &w.YAML, &w.Canonical)
	})
}

func (t *transaction) keepSignature(w convenant.SignatureWrite, first int64) error {
	_, err := t.w.exec(`INSERT INTO signature (id, version, party, verdict, time_ms, compact, record) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		w.ID, w.Version, string(w.Party), string(w.Verdict), w.Time.UnixMilli(), w.Compact, first)
	return err
}

// Signatures gives all signatures in order of arrival; their times in milliseconds. When each came in is what its record says, which
// nobody can change.
func (s *Store) Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `
		SELECT s.id, s.version, s.party, s.verdict, s.time_ms, s.compact, r.time FROM signature s LEFT JOIN record r ON r.nr = s.record ORDER BY s.seq`)
	if err != nil {
		return nil, fmt.Errorf("reading signatures: %w", err)
	}
	return collect(rows, func(row scanner) (w convenant.SignatureWrite, err error) {
		var ms int64
		var arrived sql.NullString
		if err = row.Scan(&w.ID, &w.Version, &w.Party, &w.Verdict, &ms, &w.Compact, &arrived); err != nil {
			return w, err
		}
		w.Time = moment(ms)
		if arrived.Valid {
			w.Arrived, err = time.Parse(tlog.TimeLayout, arrived.String)
		}
		return w, err
	})
}

func (t *transaction) keepChange(w convenant.ChangeWrite) error {
	parties, err := json.Marshal(w.Parties)
	if err != nil {
		return err
	}
	_, err = t.w.exec(`INSERT INTO convenant_change (id, seq, version, status, by, parties, since_ms) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		w.ID, w.Seq, w.Version, string(w.Status), w.By, string(parties), w.Since.UnixMilli())
	return err
}

// ConvenantChanges gives what was told of each convenant, in order; times in milliseconds.
func (s *Store) ConvenantChanges(ctx context.Context) ([]convenant.ChangeWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT id, seq, version, status, by, parties, since_ms FROM convenant_change ORDER BY id, seq`)
	if err != nil {
		return nil, fmt.Errorf("reading what changed in convenants: %w", err)
	}
	return collect(rows, func(row scanner) (w convenant.ChangeWrite, err error) {
		var parties string
		var ms int64
		if err = row.Scan(&w.ID, &w.Seq, &w.Version, &w.Status, &w.By, &parties, &ms); err != nil {
			return w, err
		}
		w.Since = moment(ms)
		return w, json.Unmarshal([]byte(parties), &w.Parties)
	})
}

func (t *transaction) keepWpgDecision(w convenant.WpgDecisionWrite) error {
	_, err := t.w.exec(`INSERT INTO wpg_decision (party, number, compact) VALUES (?, ?, ?)`, string(w.Party), w.Number, w.Compact)
	return err
}

// WpgDecisions gives all decisions in order of arrival.
func (s *Store) WpgDecisions(ctx context.Context) ([]convenant.WpgDecisionWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT number, party, compact FROM wpg_decision ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("reading Wpg decisions: %w", err)
	}
	return collect(rows, func(row scanner) (w convenant.WpgDecisionWrite, err error) {
		return w, row.Scan(&w.Number, &w.Party, &w.Compact)
	})
}
