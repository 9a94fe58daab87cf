package client

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Problem is a no of the gateway (`application/problem+json`, RFC 9457). Its texts are the gateway's words, made safe to print.
type Problem struct {
	Code     string // what follows urn:sluis:fout:, or "onbekend"
	Status   int
	Title    string
	Detail   string
	Instance string
	Faults   fault.List
	Reasons  []Reason
}

// Reason is one of `redenen`: why a recipient may not get this, in words for people.
type Reason struct {
	Code      string `json:"code"`
	Recipient string `json:"ontvanger"` // <oin>/<functie>; "" in advice
	Text      string `json:"tekst"`
	Article   string `json:"artikel"`
	Advice    string `json:"advies"`
}

// Error gives the problem in Dutch, a line for each fault and each reason.
func (p *Problem) Error() string {
	var b strings.Builder
	text := p.Detail
	if text == "" {
		text = p.Title
	}
	if text == "" {
		text = fmt.Sprintf("De sluis weigert dit (status %d).", p.Status)
	}
	fmt.Fprintf(&b, "%s [%s]", text, p.Code)
	for _, f := range p.Faults {
		b.WriteString("\n  - " + f.String())
	}
	for _, r := range p.Reasons {
		b.WriteString("\n  - " + r.String())
	}
	return b.String()
}

// String gives the sentence, with the article and the advice where there are any.
func (r Reason) String() string {
	text := r.Text
	if text == "" {
		text = r.Code
	}
	if r.Article != "" {
		text += " (" + r.Article + ")"
	}
	if r.Advice != "" && !strings.HasSuffix(r.Text, r.Advice) {
		text += " " + r.Advice
	}
	return text
}

const (
	problemURN  = "urn:sluis:fout:"
	unknownCode = "onbekend" // a no that is not in the form of WIRE: perhaps of something before the gateway
)

// problem reads an answer that is no success. A body that is no problem document still gives a Problem: the status says enough.
func problem(status int, contentType string, body []byte) *Problem {
	p := &Problem{Code: unknownCode, Status: status}
	if !strings.HasPrefix(contentType, "application/problem+json") {
		return p
	}
	var doc struct {
		Type     string     `json:"type"`
		Title    string     `json:"title"`
		Detail   string     `json:"detail"`
		Instance string     `json:"instance"`
		Faults   fault.List `json:"fouten"`
		Reasons  []Reason   `json:"redenen"`
	}
	if json.Unmarshal(body, &doc) != nil {
		return p
	}
	if code, ok := strings.CutPrefix(doc.Type, problemURN); ok && code != "" {
		p.Code = printable(code)
	}
	p.Title, p.Detail, p.Instance = printable(doc.Title), printable(doc.Detail), printable(doc.Instance)
	for _, f := range doc.Faults {
		f.Place, f.Message = printable(f.Place), printable(f.Message)
		p.Faults = append(p.Faults, f)
	}
	p.Reasons = printableReasons(doc.Reasons)
	return p
}

func printableReasons(in []Reason) []Reason {
	out := make([]Reason, len(in))
	for i, r := range in {
		out[i] = Reason{printable(r.Code), printable(r.Recipient), printable(r.Text), printable(r.Article), printable(r.Advice)}
	}
	return out
}

// printable drops what could steer a terminal: the text comes from a gateway that is not trusted.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || r == ' ' {
			return r
		}
		return -1
	}, s)
}
