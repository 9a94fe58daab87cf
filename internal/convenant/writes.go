package convenant

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// VersionWrite keeps one version; declared here, kept by store/*.
type VersionWrite struct {
	ID        string
	Version   int
	Digest    string
	YAML      []byte // as written
	Canonical []byte
}

// SignatureWrite keeps one ondertekening. The first record of the change that keeps it is about it.
type SignatureWrite struct {
	ID      string
	Version int
	Party   party.OIN
	Verdict Verdict
	Time    time.Time
	Compact string
	// Arrived is the time of that record; known when it is read back, but for signatures that an older version kept.
	Arrived time.Time
}

// ChangeWrite keeps that the trail tells of a [Change] in a convenant.
type ChangeWrite struct {
	ID  string
	Seq int // how many were told before it
	Change
}

// WpgDecisionWrite keeps one Wpg decision.
type WpgDecisionWrite struct {
	Number  string
	Party   party.OIN
	Compact string
}
