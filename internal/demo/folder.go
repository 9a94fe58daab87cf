package demo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// folder is the demonstration on disk:
//
//	sluis.yaml       configuration of the gateway: `sluis serve --config` runs on it too
//	ca/              the certificate authority
//	server/          certificate of the gateway's HTTPS port, and the trust anchors
//	gateway/         what the gateway keeps: database, day keys, key of the log
//	partijen/NAAM/   what a partijbeheerder keeps: certificate keys, the key that signs participants' cards, its card
//	profielen/WIE/   the profile of one participant
//	voorbeelden/     payloads to send
type folder string

func (f folder) path(parts ...string) string {
	return filepath.Join(append([]string{string(f)}, parts...)...)
}

func (f folder) config() string                 { return f.path("sluis.yaml") }
func (f folder) ca() string                     { return f.path("ca") }
func (f folder) anchors() string                { return f.path("server", "ankers.pem") }
func (f folder) gateway() string                { return f.path("gateway") }
func (f folder) party(o organisation) string    { return f.path("partijen", o.folder) }
func (f folder) adminKey(o organisation) string { return f.path("partijen", o.folder, "beheerder.jwk") }
func (f folder) partyCard(o organisation) string {
	return f.path("partijen", o.folder, "partijkaart.jws")
}
func (f folder) profile(o organisation, p person) string { return f.path("profielen", o.profile(p)) }
func (f folder) example(name string) string              { return f.path("voorbeelden", name+".json") }

// finished marks a folder whose region was made whole; a folder without it is begun again or refused, never mended.
func (f folder) finished() string { return f.path("klaar") }

// state looks at the folder: an earlier demonstration to go on with, or nothing yet. Anything else there is somebody's, and
// is left alone.
func (f folder) state() (made bool, err error) {
	entries, err := os.ReadDir(string(f))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("de map %s is niet te lezen: %w", string(f), err)
	}
	if _, err := os.Stat(f.finished()); err != nil {
		return false, fmt.Errorf("de map %s is niet leeg en geen (volledig) voorbeeld van Sluis; kies een andere met --dir, of haal haar weg", string(f))
	}
	return true, nil
}

// write makes a file with its folders, readable by its owner only.
func write(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("making a folder of the demonstration: %w", err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("writing a file of the demonstration: %w", err)
	}
	return nil
}
