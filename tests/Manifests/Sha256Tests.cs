using System.Security.Cryptography;
using CsCheck;
using Tempo.PostRender.Manifests;

namespace Tempo.Helm.Tests.Manifests;

public class Sha256Tests
{
    [Fact]
    public void The_digest_is_the_frameworks() =>
        Gen
            .Byte.Array[0, 300]
            .Sample(static bytes => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), Sha256.Hex(bytes)), iter: 2_000);
}
