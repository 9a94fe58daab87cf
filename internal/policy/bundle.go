package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Bundle is everything that [New] read: the rules and the vocabulary, as texts by path. It is kept for as long as the trail, so that
// each decision can be made again with the rules of its day ("every decision can be replayed with the policy of that day").
type Bundle struct {
	canonical []byte
	content   bundleContent
}

type bundleContent struct {
	Rules map[string]string `json:"regels"`
	Form  int               `json:"vorm,omitempty"` // 0 in bundles from before there was one
	Words map[string]string `json:"vocabulaire"`
}

// Form is the number of the form of [Facts] that this version establishes, and of the answer that it reads. Rules are written for one form: a
// fact that is not there is undefined to them, and a statement about it silently false. A process takes over rules that another one
// brought only when they are of its own form. It goes up with each change of the form; a test holds it to the types.
const Form = 1

// ErrBundle says that bytes are not a bundle in its one form.
var ErrBundle = errors.New("not a bundle of rules in canonical form")

func newBundle(r rules, form int, words *vocabulary.Vocabulary) (Bundle, error) {
	content := bundleContent{Rules: r.texts, Form: form, Words: words.Texts()}
	for name, text := range r.texts {
		if !utf8.ValidString(text) { // JSON could not hold it as it is
			return Bundle{}, fmt.Errorf("%s: not UTF-8", name)
		}
	}
	canonical, err := strictjson.MarshalCanonical(content)
	if err != nil {
		return Bundle{}, fmt.Errorf("writing the bundle of rules: %w", err)
	}
	return Bundle{canonical, content}, nil
}

// ParseBundle reads what [Bundle.Canonical] gave; [ErrBundle]. Whoever got the bytes from somebody else compares the digest with
// the one in the trail.
func ParseBundle(canonical []byte) (Bundle, error) {
	var content bundleContent
	if err := json.Unmarshal(canonical, &content); err != nil || len(content.Rules) == 0 {
		return Bundle{}, ErrBundle
	}
	again, err := strictjson.MarshalCanonical(content)
	if err != nil || !bytes.Equal(again, canonical) { // a key too many, a key twice, another spelling
		return Bundle{}, ErrBundle
	}
	return Bundle{again, content}, nil
}

// Form gives the form of the facts that the rules are written for: see the constant [Form].
func (b Bundle) Form() int { return b.content.Form }

// Canonical gives the RFC 8785 JSON: {"regels": {path: text}, "vocabulaire": {path: text}, "vorm": number}.
func (b Bundle) Canonical() []byte { return b.canonical }

// Digest is the SHA-256 of the canonical form, `sha-256=:…:`; that of the engine made of it too.
func (b Bundle) Digest() string { return digest.Of(b.canonical).String() }

// NewFromBundle makes the engine of a bundle. Errors as of [New].
func NewFromBundle(ctx context.Context, b Bundle) (*Engine, error) {
	words, err := vocabulary.Restore(b.content.Words)
	if err != nil {
		return nil, fmt.Errorf("restoring the vocabulary: %w", err)
	}
	return build(ctx, rules{names: slices.Sorted(maps.Keys(b.content.Rules)), texts: b.content.Rules}, b.content.Form, words)
}

// Bundle gives what the engine was made of.
func (e *Engine) Bundle() Bundle { return e.bundle }

// DecidedBy gives `beleid` of a decision: the digest of the rules' bundle and of the convenant together ("" for no convenant). Who
// knows a record and the kept bundles finds with it the one that decided.
func DecidedBy(bundle, convenant string) string { return digestOf(bundle, convenant).String() }
