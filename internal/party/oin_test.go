package party_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/party"
)

func TestParseOIN(t *testing.T) {
	for _, good := range []string{"00000099000000030000", "00000001003214345000", "0000000701AB00000000"} {
		if oin, err := party.ParseOIN(good); err != nil || oin.URN() != "urn:nld:oin:"+good {
			t.Errorf("%s: %v", good, err)
		}
	}
	for name, bad := range map[string]string{
		"nothing": "", "19 positions": "0000009900000003000", "21 positions": "000000990000000300000",
		"small letters": "0000000701ab00000000", "letters in the prefix": "0000AB99000000030000",
		"a space": "00000099 00000030000", "other digits": "0000009900000003٠٠", "a URN": "urn:nld:oin:00000099",
	} {
		if oin, err := party.ParseOIN(bad); !errors.Is(err, party.ErrOIN) || oin != "" {
			t.Errorf("%s: got %q, %v", name, oin, err)
		}
	}
}

func TestOINOfNeedsExactlyOne(t *testing.T) {
	number := func(value any) pkix.AttributeTypeAndValue {
		return pkix.AttributeTypeAndValue{Type: asn1.ObjectIdentifier{2, 5, 4, 5}, Value: value}
	}
	cases := map[string]struct {
		names []pkix.AttributeTypeAndValue
		good  bool
	}{
		"one":                {[]pkix.AttributeTypeAndValue{number(string(school))}, true},
		"none":               {nil, false},
		"two":                {[]pkix.AttributeTypeAndValue{number(string(school)), number(string(police))}, false},
		"twice the same":     {[]pkix.AttributeTypeAndValue{number(string(school)), number(string(school))}, false},
		"no text":            {[]pkix.AttributeTypeAndValue{number(12)}, false},
		"an HRN of 9 digits": {[]pkix.AttributeTypeAndValue{number("123456789")}, false},
	}
	for name, c := range cases {
		oin, err := party.OINOf(&x509.Certificate{Subject: pkix.Name{Names: c.names}})
		if c.good && (err != nil || oin != school) {
			t.Errorf("%s: got %q, %v", name, oin, err)
		}
		if !c.good && (!errors.Is(err, party.ErrUntrusted) || oin != "") {
			t.Errorf("%s: got %q, %v", name, oin, err)
		}
	}
	if _, err := party.OINOf(nil); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("no certificate: %v", err)
	}
}
