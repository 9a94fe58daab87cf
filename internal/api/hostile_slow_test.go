package api_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"time"
)

// startSlow begins the attacks that take their time, one byte a second at most, and gives the attacks that wait for their end. The
// longest that Sluis gives who is not sending a message is half a minute; a handshake and headers get ten seconds.
func (s *siege) startSlow() []attack {
	begin := func(name string, status int, code string, open func() (net.Conn, error), first string) attack {
		type end struct {
			heard []byte
			after time.Duration
		}
		ended := make(chan end, 1)
		c, err := open()
		if err != nil {
			s.t.Fatalf("connecting: %v", err)
		}
		go func() {
			start := time.Now()
			stop := make(chan struct{})
			go drip(c, first, stop)
			_ = c.SetReadDeadline(start.Add(time.Minute))
			heard, _ := io.ReadAll(c) // until the gateway closes, however it does
			close(stop)
			c.Close()
			ended <- end{heard, time.Since(start)}
		}()
		return attack{name: "slow: " + name, status: status, code: code, do: func(s *siege) answer {
			e := <-ended
			if e.after > 45*time.Second {
				s.t.Errorf("the connection was held for %s", e.after)
			}
			return s.heard(bytes.NewReader(e.heard))
		}}
	}
	over2 := make(chan answer, 1) // HTTP/2, where a stream has its own deadline
	go func() { over2 <- s.streamTo("/v1/kaarten", "application/jose", &dripping{}) }()
	secured := func() (net.Conn, error) { return s.dial(), nil }
	request := func(path, contentType, more string) string {
		return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: 9000\r\n%s",
			path, s.sender().Token(nil), contentType, more)
	}
	return []attack{
		{name: "slow: HTTP/2", do: func(*siege) answer { return <-over2 }, status: 400, code: "verzoek-onjuist", place: "body"},
		begin("handshake", 0, "", func() (net.Conn, error) { return net.Dial("tcp", s.Gateway.Addresses().API) }, "\x16\x03\x01"),
		begin("headers", 0, "", secured, request("/v1/kaarten", "application/jose", "X-A: ")),
		begin("body of a card", 400, "verzoek-onjuist", secured, request("/v1/kaarten", "application/jose", "\r\n")),
		begin("body of a confirmation", 400, "verzoek-onjuist", secured,
			request("/v1/berichten/0199aaaa-0000-7000-8000-000000000000/bevestigingen", "application/jose", "\r\n")),
		begin("body to nowhere", 404, "niet-gevonden", secured, request("/nergens", "application/jose", "\r\n")),
		begin("body without a certificate", 401, "certificaat-ontbreekt", func() (net.Conn, error) {
			return tls.Dial("tcp", s.Gateway.Addresses().API, &tls.Config{RootCAs: s.CA.Pool(), ServerName: "localhost"})
		}, request("/v1/berichten", "multipart/form-data; boundary=b", "\r\n")),
	}
}

// drip writes the beginning at once and then a byte a second, until the connection is closed or the answer is there.
func drip(c io.Writer, first string, stop <-chan struct{}) {
	if _, err := io.WriteString(c, first); err != nil {
		return
	}
	for {
		select {
		case <-stop:
			return
		case <-time.After(time.Second):
			if _, err := c.Write([]byte("a")); err != nil {
				return
			}
		}
	}
}

// dripping reads as one byte a second, without end.
type dripping struct{}

func (*dripping) Read(p []byte) (int, error) {
	time.Sleep(time.Second)
	p[0] = 'a'
	return 1, nil
}
