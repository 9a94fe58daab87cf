package api

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// readQuery reads a query strictly: a key that the route does not know, or that stands there twice, is a fault.
func readQuery(raw string, allowed []string) (map[string]string, error) {
	var faults fault.List
	values, err := url.ParseQuery(raw)
	if err != nil {
		faults.Add("query", "is niet te lezen; codeer bijzondere tekens met %%xx")
		return nil, malformed(faults)
	}
	query := make(map[string]string, len(values))
	unknown := false
	for key, v := range values {
		switch {
		case !slices.Contains(allowed, key):
			unknown = true
		case len(v) > 1:
			faults.Add(key, "staat er meer dan één keer")
		default:
			query[key] = v[0]
		}
	}
	if unknown { // once, and without its name: that is a stranger's text
		known := "geen enkele"
		if len(allowed) > 0 {
			known = strings.Join(allowed, ", ")
		}
		faults.Add("query", "bevat een onbekende parameter; bekend zijn hier: %s", known)
	}
	slices.SortFunc(faults, func(a, b fault.Fault) int { return strings.Compare(a.Place, b.Place) })
	if len(faults) > 0 {
		return nil, malformed(faults)
	}
	return query, nil
}

// negotiate picks the offered content type that the Accept headers like best, the first offered where they do not care
// (RFC 9110 §12.5.1).
func negotiate(accept []string, offered []string) (string, error) {
	ranges := strings.Split(strings.Join(accept, ","), ",")
	best, bestQuality := "", 0.0
	for _, offer := range offered {
		if q := quality(ranges, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	if best == "" {
		return "", &refusal{code: notAcceptable, detail: "Dit antwoord is er alleen als " + strings.Join(offered, " of ") + "."}
	}
	return best, nil
}

// quality gives how much an Accept header likes a content type, from 0 to 1; the most specific range counts.
func quality(ranges []string, offer string) float64 {
	major, _, _ := strings.Cut(offer, "/")
	q, specific, given := 0.0, -1, false
	for _, r := range ranges {
		if strings.TrimSpace(r) == "" {
			continue
		}
		given = true
		media, params, err := mime.ParseMediaType(r)
		if err != nil {
			continue
		}
		rank := slices.Index([]string{"*/*", major + "/*", offer}, media)
		if rank <= specific {
			continue
		}
		specific, q = rank, 1
		if text, ok := params["q"]; ok {
			q, err = strconv.ParseFloat(text, 64)
			if err != nil || q < 0 || q > 1 {
				q = 0
			}
		}
	}
	if !given {
		return 1
	}
	return q
}

// checkContentType refuses a body of another type with 415, or 400 where AuthZEN asks for that, and any content coding: Sluis
// reads what was sent, not what it unpacks to.
func checkContentType(h http.Header, want string, authzen bool) error {
	media, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err == nil && media == want && h.Get("Content-Encoding") == "" && len(h.Values("Content-Type")) == 1 {
		return nil
	}
	if authzen {
		var faults fault.List
		faults.Add("Content-Type", "moet %s zijn, zonder Content-Encoding", want)
		return malformed(faults)
	}
	return &refusal{code: wrongType, detail: "Stuur dit als " + want + ", zonder Content-Encoding."}
}
