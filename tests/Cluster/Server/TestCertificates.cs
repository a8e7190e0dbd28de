using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tempo.Helm.Tests.Cluster.Server;

/// <summary>A private authority and what it signs.</summary>
internal sealed class TestCertificates
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);
    private static readonly DateTimeOffset To = DateTimeOffset.UtcNow.AddDays(7);

    public X509Certificate2 Authority { get; } = CreateAuthority("CN=test authority");

    public string AuthorityPem => Authority.ExportCertificatePem();

    public static X509Certificate2 CreateAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request.CreateSelfSigned(From, To);
    }

    /// <summary>A certificate for a server with these names and addresses.</summary>
    public X509Certificate2 Server(params string[] names)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        using var key = RSA.Create(2048);
        return Sign(
            new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            alternatives.Build(),
            request => request.CopyWithPrivateKey(key)
        );
    }

    /// <summary>A client's certificate and key in PEM form, the key as old tools write it.</summary>
    public (string Certificate, string Key) Client(string user)
    {
        using var key = RSA.Create(2048);
        using var certificate = Sign(
            new CertificateRequest($"CN={user}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            alternatives: null,
            static request => request
        );
        return (certificate.ExportCertificatePem(), key.ExportRSAPrivateKeyPem());
    }

    private X509Certificate2 Sign(CertificateRequest request, X509Extension? alternatives, Func<X509Certificate2, X509Certificate2> withKey)
    {
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        var certificate = withKey(
            request.Create(
                Authority.SubjectName,
                X509SignatureGenerator.CreateForECDsa(Authority.GetECDsaPrivateKey()!),
                From,
                To.AddMinutes(-1),
                RandomNumberGenerator.GetBytes(8)
            )
        );
        return certificate.HasPrivateKey ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null) : certificate;
    }
}
