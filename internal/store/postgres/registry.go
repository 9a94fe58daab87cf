package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Cards gives the newest version of each card, party cards first.
func (s *Store) Cards(ctx context.Context) ([]party.CardWrite, error) {
	return list(ctx, s, "cards", func(row pgx.CollectableRow) (w party.CardWrite, err error) {
		return w, row.Scan(&w.OIN, &w.ID, &w.Version, &w.Digest, &w.Compact)
	}, `SELECT oin, id, version, digest, compact FROM (
			SELECT DISTINCT ON (oin, id) * FROM sluis.card ORDER BY oin, id, version DESC) AS newest ORDER BY id <> '', oin, id`)
}

// Convenants gives every version of every convenant.
func (s *Store) Convenants(ctx context.Context) ([]convenant.VersionWrite, error) {
	return list(ctx, s, "convenants", func(row pgx.CollectableRow) (w convenant.VersionWrite, err error) {
		return w, row.Scan(&w.ID, &w.Version, &w.Digest, &w.YAML, &w.Canonical)
	}, `SELECT id, version, digest, yaml, canonical FROM sluis.convenant ORDER BY id, version`)
}

// Signatures gives all signatures in order of arrival; their times in milliseconds. When each came in is what its record says, which
// nobody can change.
func (s *Store) Signatures(ctx context.Context) ([]convenant.SignatureWrite, error) {
	return list(ctx, s, "signatures", func(row pgx.CollectableRow) (w convenant.SignatureWrite, err error) {
		var ms int64
		var arrived *int64
		err = row.Scan(&w.ID, &w.Version, &w.Party, &w.Verdict, &ms, &w.Compact, &arrived)
		w.Time = moment(ms)
		if arrived != nil { // not known of those in an old file that was moved here
			w.Arrived = moment(*arrived)
		}
		return w, err
	}, `SELECT s.id, s.version, s.party, s.verdict, s.time_ms, s.compact, r.time_ms
		FROM sluis.signature s LEFT JOIN sluis.record r ON r.nr = s.record ORDER BY s.seq`)
}

// ConvenantChanges gives what was told of each convenant, in order; times in milliseconds.
func (s *Store) ConvenantChanges(ctx context.Context) ([]convenant.ChangeWrite, error) {
	return list(ctx, s, "what changed in convenants", func(row pgx.CollectableRow) (w convenant.ChangeWrite, err error) {
		var ms int64
		var parties []string
		err = row.Scan(&w.ID, &w.Seq, &w.Version, &w.Status, &w.By, &parties, &ms)
		for _, p := range parties {
			w.Parties = append(w.Parties, party.OIN(p))
		}
		w.Since = moment(ms)
		return w, err
	}, `SELECT id, seq, version, status, by, parties, since_ms FROM sluis.convenant_change ORDER BY id, seq`)
}

// WpgDecisions gives all decisions in order of arrival.
func (s *Store) WpgDecisions(ctx context.Context) ([]convenant.WpgDecisionWrite, error) {
	return list(ctx, s, "Wpg decisions", func(row pgx.CollectableRow) (w convenant.WpgDecisionWrite, err error) {
		return w, row.Scan(&w.Number, &w.Party, &w.Compact)
	}, `SELECT number, party, compact FROM sluis.wpg_decision ORDER BY seq`)
}
