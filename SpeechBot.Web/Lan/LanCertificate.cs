using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SpeechBot.Web.Lan;

/// <summary>
/// Names of this machine → a certificate for https that it makes itself, kept for a year. It is signed by an authority of its own, which a
/// phone can be told to trust. The authority's key is forgotten once it has signed: nobody can make a second certificate with it.
/// </summary>
internal sealed record LanCertificate(X509Certificate2 Server, X509Certificate2 Authority)
{
    // Browsers take no more than 398 days.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(397);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(14);
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>The certificate in <paramref name="folder"/>; a new one where there is none, where it ends soon, or where it lacks a name.</summary>
    internal static LanCertificate Keep(string folder, IReadOnlyCollection<string> hosts, DateTimeOffset now)
    {
        var (server, authority) = (Path.Combine(folder, "server.pfx"), Path.Combine(folder, "authority.cer"));
        if (File.Exists(server) && File.Exists(authority))
        {
            var kept = new LanCertificate(X509CertificateLoader.LoadPkcs12FromFile(server, null), X509CertificateLoader.LoadCertificateFromFile(authority));
            if (kept.Server.NotAfter.ToUniversalTime() > now.UtcDateTime + RenewBefore && hosts.All(host => kept.Server.MatchesHostname(host)))
            {
                return kept;
            }
        }

        Directory.CreateDirectory(folder);
        var (pfx, root) = Make([.. hosts, "localhost", "127.0.0.1"], now);
        Write(server, pfx);
        Write(authority, root.Export(X509ContentType.Cert));

        // Read back, because Windows' TLS takes no key that was never stored.
        return new LanCertificate(X509CertificateLoader.LoadPkcs12FromFile(server, null), root);
    }

    private static (byte[] Pfx, X509Certificate2 Authority) Make(IEnumerable<string> hosts, DateTimeOffset now)
    {
        var (from, to) = (now.AddDays(-1), now + Lifetime);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest(Name($"SpeechBot on {Environment.MachineName}"), authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        authority.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authority.PublicKey, critical: false));
        using var signing = authority.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name("SpeechBot"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(signing, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(Names(hosts));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var signed = request.Create(signing, from, to, serial);
        using var whole = signed.CopyWithPrivateKey(key);
        return (whole.Export(X509ContentType.Pfx), X509CertificateLoader.LoadCertificate(signing.Export(X509ContentType.Cert)));
    }

    private static X509Extension Names(IEnumerable<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(host, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        return names.Build();
    }

    private static X500DistinguishedName Name(string common)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(common);
        return name.Build();
    }

    private static void Write(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
    }
}
