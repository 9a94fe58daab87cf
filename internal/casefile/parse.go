package casefile

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// MaxSource is how long a file of cases may be, in bytes.
const MaxSource = 512 << 10

const (
	maxDepth  = 8 // brackets, or dashes on one line, within one another: a case needs three
	maxCases  = 2000
	maxIndent = 40 // spaces before what a line begins with
	notYAML   = "is geen geldige YAML: kijk naar inspringing, dubbele punten en aanhalingstekens"
)

// Parse reads a file of cases. The error is a [fault.List] with line and column, of all that is wrong.
func Parse(text []byte) (f File, err error) {
	r := &reader{words: vocabulary.Default()}
	switch {
	case len(text) > MaxSource:
		r.faults.Add("", "is te lang: %d bytes, hoogstens %d", len(text), MaxSource)
		return File{}, r.faults.Err()
	case !utf8.Valid(text):
		r.faults.Add("", "is geen geldige UTF-8-tekst")
		return File{}, r.faults.Err()
	}
	// A parser of somebody else's reads the text: if it fails, the text is refused, and whoever asked goes on.
	defer func() {
		if recover() != nil {
			f, err = File{}, fault.List{{Message: "is geen leesbare YAML"}}
		}
	}()
	root, ok := r.document(strings.TrimPrefix(string(text), "\ufeff")) // some editors put a byte order mark first
	if !ok {
		return File{}, r.faults.Err()
	}
	f = r.file(root)
	if err := r.faults.Err(); err != nil {
		return File{}, err
	}
	return f, nil
}

// document gives the one document of a text.
func (r *reader) document(text string) (ast.Node, bool) {
	tokens := lexer.Tokenize(text)
	if !r.tokens(tokens) {
		return nil, false
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey()) // duplicates are found in fields, with their place
	if err != nil {
		f := fault.Fault{Message: notYAML} // the parser's own text quotes the source
		if at, ok := err.(interface{ GetToken() *token.Token }); ok && at.GetToken() != nil && at.GetToken().Position != nil {
			f.Line, f.Column = at.GetToken().Position.Line, at.GetToken().Position.Column
		}
		r.faults = append(r.faults, f)
		return nil, false
	}
	switch {
	case len(file.Docs) > 1:
		r.faults.Add("", "hier staan meer teksten onder elkaar, met --- ertussen: een bestand is één gevallenbestand")
		return nil, false
	case len(file.Docs) == 0 || file.Docs[0].Body == nil:
		r.faults.Add("", "is leeg")
		return nil, false
	}
	return file.Docs[0].Body, true
}

// tokens refuses, before the parser looks at the text, what makes YAML mean something else than it looks like, and what is nested so
// deep that the parser would never end.
func (r *reader) tokens(tokens token.Tokens) bool {
	open, line, dashes := 0, 0, 0
	for _, tk := range tokens {
		if tk.Position.Line != line {
			line, dashes = tk.Position.Line, 0
		}
		why := ""
		switch tk.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType, token.TagType, token.DirectiveType, token.MappingKeyType:
			why = "ankers, verwijzingen, typeaanduidingen en YAML-instructies (&, *, <<, !, %, ?) mogen hier niet"
		case token.InvalidType:
			why = notYAML
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open = max(0, open-1)
		case token.SequenceEntryType:
			dashes++
		}
		if open > maxDepth || dashes > 2 || tk.Position.IndentNum > maxIndent {
			why = "is te diep genest"
		}
		if why != "" {
			r.faults = append(r.faults, fault.Fault{Message: why, Line: tk.Position.Line, Column: tk.Position.Column})
			return false
		}
	}
	return true
}
