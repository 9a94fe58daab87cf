package api_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// dial opens a connection on which a test writes HTTP/1.1 by hand, with the certificate of the school.
func (s *siege) dial() *tls.Conn {
	s.t.Helper()
	c, err := tls.Dial("tcp", s.Gateway.Addresses().API, &tls.Config{
		RootCAs: s.CA.Pool(), ServerName: "localhost", Certificates: []tls.Certificate{s.Party("school").Client.TLS()},
	})
	if err != nil {
		s.t.Fatalf("connecting: %v", err)
	}
	return c
}

// spoken writes a request by hand and reads the answer; the zero answer when the connection was closed without one. {token} and
// {host} are filled in.
func spoken(lines ...string) func(*siege) answer {
	return func(s *siege) answer {
		s.t.Helper()
		c := s.dial()
		defer c.Close()
		_ = c.SetDeadline(time.Now().Add(20 * time.Second))
		text := strings.NewReplacer("{token}", s.sender().Token(nil), "{host}", strings.TrimPrefix(s.URL, "https://")).
			Replace(strings.Join(lines, "\r\n"))
		_, _ = io.WriteString(c, text) // what is refused half-way may be closed before all of it is written, and is answered all the same
		return s.heard(c)
	}
}

// heard reads one answer, and wants that there is no second one behind it: that would be a smuggled request.
func (s *siege) heard(c io.Reader) answer {
	s.t.Helper()
	in := bufio.NewReader(c)
	resp, err := http.ReadResponse(in, nil)
	if err != nil {
		return answer{}
	}
	got := sent(s.t, resp)
	if resp.Close {
		if rest, _ := io.ReadAll(in); len(rest) > 0 {
			s.t.Errorf("a second answer: %.80s", rest)
		}
	}
	return got
}

// rawAttacks are about HTTP/1.1 itself: what a front and a back could read in two ways, and what net/http refuses by itself.
func rawAttacks() []attack {
	const (
		me   = "Authorization: Bearer {token}"
		host = "Host: {host}"
		post = "POST /v1/kaarten HTTP/1.1"
		jose = "Content-Type: application/jose"
		end  = "Connection: close"
	)
	inner := "GET /v1/berichten?map=in HTTP/1.1\r\n" + host + "\r\n" + me + "\r\n\r\n"
	bad := func(name string, status int, code string, lines ...string) attack {
		return attack{name: "HTTP/1.1: " + name, do: spoken(lines...), status: status, code: code}
	}
	return []attack{
		bad("two lengths", 400, "", post, host, jose, "Content-Length: 5", "Content-Length: 6", end, "", canary),
		bad("length and chunks", 400, "verzoek-onjuist", post, host, jose, "Content-Length: 4", "Transfer-Encoding: chunked", end, "", "3", "abc", "0", "", inner),
		bad("chunks, badly spelled", 501, "", post, host, jose, "Transfer-Encoding: xchunked", "Content-Length: 4", end, "", "abcd"),
		bad("chunks twice", 501, "", post, host, jose, "Transfer-Encoding: chunked, chunked", end, "", "0", "", ""),
		bad("a space before the colon", 400, "", post, host, jose, "Content-Length : 4", end, "", "abcd"),
		bad("a folded header", 400, "", post, host, jose, "X-A: b", " Content-Length: 9", "Content-Length: 4", end, "", "abcd"),
		bad("a negative length", 400, "", post, host, jose, "Content-Length: -1", end, "", ""),
		bad("a length of 20 digits", 400, "", post, host, jose, "Content-Length: 99999999999999999999", end, "", ""),
		bad("two hosts", 400, "", post, host, "Host: elders.example", jose, "Content-Length: 4", end, "", "abcd"),
		bad("no host", 400, "", post, jose, "Content-Length: 4", end, "", "abcd"),
		bad("a line end alone in a header", 400, "", post, host, jose, "X-A: b\rX-B: c", "Content-Length: 4", end, "", "abcd"),
		bad("a NUL in a header", 400, "", post, host, jose, "X-A: b\x00c", "Content-Length: 4", end, "", "abcd"),
		bad("HTTP/1.9", 404, "niet-gevonden", "GET /nergens HTTP/1.9", host, end, "", ""),
		bad("HTTP/3.0 as a line", 505, "", "GET /v1/soorten HTTP/3.0", host, end, "", ""),
		bad("plain rubbish", 400, "", canary, "", ""),
		bad("a chunk of 256 EiB", 400, "verzoek-onjuist", post, host, jose, "Transfer-Encoding: chunked", end, "", "FFFFFFFFFFFFFFFFF", "abc"),
		bad("chunks without a length, cut off", 400, "verzoek-onjuist", post, host, jose, "Transfer-Encoding: chunked", end, "", "3", "abcXX", "", ""),
		bad("headers of 60 kB", 431, "", post, host, jose, "X-Lang: "+strings.Repeat("a", 60<<10), "Content-Length: 4", end, "", "abcd"),
		bad("expectation of its own", 417, "", post, host, jose, "Expect: "+canary, "Content-Length: 4", end, "", "abcd"),
		bad("waiting for 100 without a token", 401, "token-ongeldig", "POST /v1/berichten HTTP/1.1", host, "Content-Type: multipart/form-data; boundary=b",
			"Expect: 100-continue", "Content-Length: 37000000", end, "", ""),
		bad("CONNECT", 404, "niet-gevonden", "CONNECT elders.example:443 HTTP/1.1", end, "", ""),
		bad("address of another host", 404, "niet-gevonden", "GET https://elders.example/v1 HTTP/1.1", host, end, "", ""),
		bad("upgrade to HTTP/2 in the clear", 404, "niet-gevonden", "GET /nergens HTTP/1.1", host, "Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "", ""),
		{name: "HTTP/1.1: without TLS", do: inTheClear, status: 400},
	}
}

// inTheClear speaks plain HTTP where TLS is spoken.
func inTheClear(s *siege) answer {
	s.t.Helper()
	resp, err := http.Get(fmt.Sprintf("http://%s/v1/soorten", s.Gateway.Addresses().API))
	if err != nil {
		return answer{}
	}
	return sent(s.t, resp)
}
