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

// SignatureWrite keeps one ondertekening.
type SignatureWrite struct {
	ID      string
	Version int
	Party   party.OIN
	Verdict Verdict
	Time    time.Time
	Compact string
}

// WpgDecisionWrite keeps one Wpg decision.
type WpgDecisionWrite struct {
	Number  string
	Party   party.OIN
	Compact string
}
