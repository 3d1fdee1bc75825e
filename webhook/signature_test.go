package webhook_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-8b687bef/intercom-go/webhook"
)

// TestSign holds the signature against one made by openssl.
func TestSign(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "sha1=50367d1f852fba34c337a6a65294f3448c06b754", webhook.Sign("harbour master", []byte(`{"topic":"ping"}`)))
}

func TestVerify(t *testing.T) {
	t.Parallel()
	body := []byte(`{"topic":"ping"}`)
	right := webhook.Sign(secret, body)
	digits := strings.TrimPrefix(right, "sha1=")
	flipped := []byte(right)
	flipped[len(flipped)-1] ^= 1

	for name, c := range map[string]struct {
		signature string
		secrets   []string
		want      error
	}{
		"right":                        {right, []string{secret}, nil},
		"digits in upper case":         {"sha1=" + strings.ToUpper(digits), []string{secret}, nil},
		"second secret":                {right, []string{"new", secret}, nil},
		"unset variable":               {right, []string{"", secret}, nil},
		"missing":                      {"", []string{secret}, webhook.ErrSignature},
		"other secret":                 {webhook.Sign("other", body), []string{secret}, webhook.ErrSignature},
		"other body":                   {webhook.Sign(secret, append(body, '\n')), []string{secret}, webhook.ErrSignature},
		"one bit off":                  {string(flipped), []string{secret}, webhook.ErrSignature},
		"no prefix":                    {digits, []string{secret}, webhook.ErrSignature},
		"prefix in upper case":         {"SHA1=" + digits, []string{secret}, webhook.ErrSignature},
		"other algorithm":              {"sha256=" + digits, []string{secret}, webhook.ErrSignature},
		"too short":                    {right[:len(right)-1], []string{secret}, webhook.ErrSignature},
		"too long":                     {right + "00", []string{secret}, webhook.ErrSignature},
		"prefix alone":                 {"sha1=", []string{secret}, webhook.ErrSignature},
		"not hexadecimal":              {"sha1=" + strings.Repeat("zz", 20), []string{secret}, webhook.ErrSignature},
		"no secret":                    {right, nil, webhook.ErrNoSecret},
		"empty secrets":                {webhook.Sign("", body), []string{"", ""}, webhook.ErrNoSecret},
		"signed with the empty secret": {webhook.Sign("", body), []string{secret, ""}, webhook.ErrSignature},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := webhook.Verify(body, c.signature, c.secrets...)
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, c.want)
			assert.NotContains(t, err.Error(), secret)
			assert.NotContains(t, err.Error(), digits)
		})
	}
}

// TestVerifyWithSecretsInTurn holds that what is kept of one secret does not
// serve another.
func TestVerifyWithSecretsInTurn(t *testing.T) {
	t.Parallel()
	body := []byte(`{"topic":"ping"}`)
	for range 3 {
		for _, s := range []string{"pier", "quay"} {
			require.NoError(t, webhook.Verify(body, webhook.Sign(s, body), s))
			require.ErrorIs(t, webhook.Verify(body, webhook.Sign("pier", body), "quay"), webhook.ErrSignature)
		}
	}
}
