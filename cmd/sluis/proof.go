package main

import (
	"encoding/json"
	"errors"
	"os"

	"github.com/sluis-gateway/sluis/internal/client"
)

// receipts is the file of --bewijs, with a receipt on each line; "" for none.
type receipts string

// open makes the file before anything leaves: a message that was accepted, followed by an error about a file, would be sent twice.
func (r receipts) open() error {
	if r == "" {
		return nil
	}
	return createFile(string(r), nil, 0o600)
}

// keep adds the receipt of a message.
func (r receipts) keep(sent client.Sent) error {
	if r == "" {
		return nil
	}
	data, err := json.Marshal(sent.Receipt)
	if err == nil {
		err = r.add(append(data, '\n'))
	}
	if err != nil {
		return errors.New("het bericht is aangenomen, stuur het niet opnieuw; alleen het bestand van --bewijs is niet te schrijven")
	}
	return nil
}

func (r receipts) add(line []byte) error {
	f, err := os.OpenFile(string(r), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(line)
	return errors.Join(err, f.Close())
}

// close takes the file away when nothing came in it.
func (r receipts) close() error {
	if r == "" {
		return nil
	}
	if info, err := os.Stat(string(r)); err != nil || info.Size() > 0 {
		return err
	}
	return os.Remove(string(r))
}
