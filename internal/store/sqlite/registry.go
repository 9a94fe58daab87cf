package sqlite

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
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

func (t *transaction) keepSignature(w convenant.SignatureWrite) error {
	_, err := t.w.exec(`INSERT INTO signature (id, version, party, verdict, time_ms, compact) VALUES (?, ?, ?, ?, ?, ?)`,
		w.ID, w.Version, string(w.Party), string(w.Verdict), w.Time.UnixMilli(), w.Compact)
	return err
}

// Signatures gives all signatures in order of arrival; their times in milliseconds.
func (s *Store) Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) {
	rows, err := s.readers.QueryContext(ctx, `SELECT id, version, party, verdict, time_ms, compact FROM signature ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("reading signatures: %w", err)
	}
	return collect(rows, func(row scanner) (w convenant.SignatureWrite, err error) {
		var ms int64
		err = row.Scan(&w.ID, &w.Version, &w.Party, &w.Verdict, &ms, &w.Compact)
		w.Time = moment(ms)
		return w, err
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
