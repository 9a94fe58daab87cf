package demo

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strconv"
)

// Ports that a gateway listens on unless told (docs/operations.md).
const (
	apiPort   = 8443
	adminPort = 8081
)

// prepare makes what must be there before the gateway can start: certificates and configuration.
func (f folder) prepare(freePorts bool) error {
	if err := f.makeCertificates(); err != nil {
		return err
	}
	api, admin := apiPort, adminPort
	var err error
	// The address of the API is the name of the log, so it is chosen once and stays with the folder.
	if freePorts || taken(apiPort) {
		if api, err = freePort(); err != nil {
			return err
		}
	}
	if freePorts || taken(adminPort) {
		admin = 0
	}
	text, err := f.configuration(api, admin)
	if err != nil {
		return err
	}
	return write(f.config(), text)
}

func (f folder) configuration(api, admin int) ([]byte, error) {
	base, err := filepath.Abs(string(f))
	if err != nil {
		return nil, fmt.Errorf("finding the folder of the demonstration: %w", err)
	}
	at := folder(base)
	return fmt.Appendf(nil, `# De sluis van de voorbeeldregio. Ook te draaien met: sluis serve --config sluis.yaml
dir: %q
api:
  listen: "127.0.0.1:%d"
  publicURL: "https://localhost:%d"
  certFile: %q
  keyFile: %q
  clientAnchorsFile: %q
admin:
  listen: "127.0.0.1:%d"
cards:
  anchorsFile: %q
`, at.gateway(), api, api, at.path("server", "tls.crt"), at.path("server", "tls.key"), at.anchors(), admin, at.anchors()), nil
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

func taken(port int) bool {
	l, err := net.Listen("tcp", loopback(port))
	if err != nil {
		return true
	}
	l.Close()
	return false
}

// freePort gives one that the system gives to nobody by itself (Linux: from 32768 on), so that it is still free when the gateway listens.
func freePort() (int, error) {
	for range 1000 {
		if port := 10_000 + rand.IntN(10_000); !taken(port) {
			return port, nil
		}
	}
	return 0, errors.New("no port of loopback is free")
}
