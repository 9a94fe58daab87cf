package endurance

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"filippo.io/torchwood"
	modtlog "golang.org/x/mod/sumdb/tlog"
)

// watch looks at the newest checkpoint of each gateway in turn, as fast as they answer. It is another process than they are, and needs to be
// nobody: checkpoints and tiles are public.
type watch struct {
	served *served
	seen   *witnessed
	http   *http.Client // any gateway
	each   []*http.Client
	last   modtlog.Tree

	looked, moved int // checkpoints; those of a larger tree than the one before
}

func newWatch(s *served, seen *witnessed) *watch {
	w := &watch{served: s, seen: seen, http: s.caller(nil, s.dial)}
	for _, g := range s.gates {
		w.each = append(w.each, s.caller(nil, func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, g.listen)
		}))
	}
	return w
}

// begin watches until what it gives is called, which gives the first thing that was wrong.
func (w *watch) begin(t *testing.T) (end func() error) {
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		for at := 0; ctx.Err() == nil; at++ {
			if err := w.look(ctx, w.each[at%len(w.each)]); err != nil {
				ended <- err
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
		ended <- nil
	}()
	return func() error {
		stop()
		return <-ended
	}
}

// look gets a checkpoint and holds it to the one before, which came from another gateway: it was asked for later, so it is not smaller, and
// its tree begins with the other.
func (w *watch) look(ctx context.Context, from *http.Client) error {
	signed, err := w.get(ctx, from, "/log/checkpoint")
	if err != nil {
		return nil // that one is not there now
	}
	tree, err := w.seen.checkpoint(signed)
	if err != nil {
		return err
	}
	w.looked++
	if tree.N < w.last.N {
		return fmt.Errorf("a gateway showed %d records after another showed %d", tree.N, w.last.N)
	}
	if tree.N == w.last.N {
		return nil // witnessed compares the trees
	}
	if w.last.N > 0 {
		if err := w.extends(ctx, tree); err != nil {
			return err
		}
	}
	w.last = tree
	w.moved++
	return nil
}

// extends checks that a tree begins with the last one that was seen, with hashes from the tiles of whichever gateway answers.
func (w *watch) extends(ctx context.Context, tree modtlog.Tree) error {
	var proof modtlog.TreeProof
	var err error
	for range 200 { // none may answer while one is killed
		proof, err = modtlog.ProveTree(tree.N, w.last.N, modtlog.TileHashReader(tree, tiles{ctx, w}))
		if err == nil {
			return modtlog.CheckTree(proof, tree.N, tree.Hash, w.last.N, w.last.Hash)
		}
		if ctx.Err() != nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("proving that the tree of %d records begins with that of %d: %w", tree.N, w.last.N, err)
}

func (w *watch) get(ctx context.Context, from *http.Client, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.served.URL+path, nil)
	if err != nil {
		return nil, err
	}
	resp, err := from.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, errOr(nil, resp.StatusCode)
	}
	return io.ReadAll(resp.Body)
}

// tiles reads C2SP tlog-tiles.
type tiles struct {
	ctx context.Context
	w   *watch
}

func (tiles) Height() int { return torchwood.TileHeight }

func (t tiles) ReadTiles(wanted []modtlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		var err error
		if data[i], err = t.w.get(t.ctx, t.w.http, "/log/"+torchwood.TilePath(tile)); err != nil {
			return nil, fmt.Errorf("reading a tile: %w", err)
		}
	}
	return data, nil
}

func (tiles) SaveTiles([]modtlog.Tile, [][]byte) {}
