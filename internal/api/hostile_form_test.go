package api_test

import (
	"bytes"
	"strings"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// formAttacks take a right message apart and put it together in another way.
func formAttacks() []attack {
	type parts = []gatewaytest.Part
	with := func(name string, status int, code, place string, arrange func(envelope, payload gatewaytest.Part) parts) attack {
		return attack{name: "form: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return s.upload(arrange(envelopePart(envelope), payloadPart(payload))...)
		}}
	}
	order := func(name, place string, arrange func(e, p gatewaytest.Part) parts) attack {
		return with(name, 400, "verzoek-onjuist", place, arrange)
	}
	kind := func(name, part, contentType string) attack {
		return with(name, 415, "inhoudstype-onjuist", "", func(e, p gatewaytest.Part) parts {
			if part == "envelop" {
				e.Type = contentType
			} else {
				p.Type = contentType
			}
			return parts{e, p}
		})
	}
	// raw changes the bytes of the form, or its content type.
	raw := func(name string, status int, code, place string, change func(body []byte, contentType string) ([]byte, string)) attack {
		return attack{name: "form: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return s.uploadRaw(change(gatewaytest.Form(envelopePart(envelope), payloadPart(payload))))
		}}
	}
	motivation := gatewaytest.Part{Name: "motivering", Type: "application/octet-stream", Data: []byte(canary)}
	return []attack{
		order("payload first", "envelop", func(e, p gatewaytest.Part) parts { return parts{p, e} }),
		order("no envelope", "envelop", func(_, p gatewaytest.Part) parts { return parts{p} }),
		order("no payload", "lading", func(e, _ gatewaytest.Part) parts { return parts{e} }),
		order("no parts", "envelop", func(_, _ gatewaytest.Part) parts { return nil }),
		order("two envelopes", "lading", func(e, p gatewaytest.Part) parts { return parts{e, e, p} }),
		order("two payloads", "lading", func(e, p gatewaytest.Part) parts { return parts{e, p, p} }),
		order("an envelope after the payload", "lading", func(e, p gatewaytest.Part) parts { return parts{e, p, e} }),
		order("unknown part", "Content-Disposition", func(e, p gatewaytest.Part) parts {
			return parts{e, {Name: canary, Type: "application/octet-stream", Data: []byte(canary)}, p}
		}),
		order("name in capitals", "Content-Disposition", func(e, p gatewaytest.Part) parts { e.Name = "Envelop"; return parts{e, p} }),
		order("motivation that the envelope does not name", "motivering", func(e, p gatewaytest.Part) parts { return parts{e, motivation, p} }),
		order("motivation after the payload", "lading", func(e, p gatewaytest.Part) parts { return parts{e, p, motivation} }),
		order("transfer encoding of a part", "lading", func(e, p gatewaytest.Part) parts {
			p.Header = map[string]string{"Content-Transfer-Encoding": "base64"}
			return parts{e, p}
		}),
		with("a header of a part of 1 MB", 413, "te-groot", "", func(e, p gatewaytest.Part) parts {
			p.Header = map[string]string{"X-Lang": strings.Repeat(canary, 60000)}
			return parts{e, p}
		}),
		kind("envelope as JSON", "envelop", "application/json"),
		kind("envelope without a type", "envelop", ""),
		kind("payload as text", "lading", "text/plain"),
		kind("payload as a form in a form", "lading", "multipart/mixed; boundary=x"),
		raw("not a form", 415, "inhoudstype-onjuist", "", func(b []byte, _ string) ([]byte, string) { return b, "application/json" }),
		raw("no content type", 415, "inhoudstype-onjuist", "", func(b []byte, _ string) ([]byte, string) { return b, "" }),
		raw("of another multipart", 415, "inhoudstype-onjuist", "", func(b []byte, t string) ([]byte, string) {
			return b, strings.Replace(t, "form-data", "mixed", 1)
		}),
		raw("no boundary", 400, "verzoek-onjuist", "Content-Type", func(b []byte, _ string) ([]byte, string) { return b, "multipart/form-data" }),
		raw("another boundary", 400, "verzoek-onjuist", "", func(b []byte, _ string) ([]byte, string) {
			return b, "multipart/form-data; boundary=" + canary
		}),
		raw("no end", 400, "verzoek-onjuist", "", func(b []byte, t string) ([]byte, string) { return b[:len(b)-8], t }),
		raw("cut off in the payload", 400, "verzoek-onjuist", "", func(b []byte, t string) ([]byte, string) { return b[:len(b)-200], t }),
		raw("a second name in a part", 400, "verzoek-onjuist", "Content-Disposition", func(b []byte, t string) ([]byte, string) {
			return bytes.Replace(b, []byte(`name="lading"`), []byte(`name="lading"; name="motivering"`), 1), t
		}),
		raw("empty", 400, "verzoek-onjuist", "", func(_ []byte, t string) ([]byte, string) { return nil, t }),
	}
}
