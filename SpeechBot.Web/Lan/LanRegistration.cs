using System.Security.Cryptography.X509Certificates;
using SpeechBot.ServiceDefaults.Security;

namespace SpeechBot.Web.Lan;

/// <summary>Registers the way in from the local network.</summary>
public static class LanRegistration
{
    /// <summary>Where a device gets the authority that it may trust.</summary>
    internal const string CertificatePath = "/lan/certificate";

    /// <summary>With Lan:Enabled, listens on https beside what it listens on already. Without a key that is refused.</summary>
    public static WebApplicationBuilder AddLan(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LanOptions>().BindConfiguration(LanOptions.Section).ValidateDataAnnotations()
            .Validate<ApiKeys>((lan, keys) => !lan.Enabled || keys.Any, "Lan:Enabled opens the page to the network, so it needs a key: set Api:Key, or Api:Keys:<name> for each person.")
            .ValidateOnStart();
        var options = builder.Configuration.GetSection(LanOptions.Section).Get<LanOptions>() ?? new();
        if (!options.Enabled)
        {
            return builder;
        }

        var certificate = LanCertificate.Keep(FolderOf(options), options.HostList, TimeProvider.System.GetUtcNow());
        builder.Services.AddSingleton(certificate);
        var here = builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey)?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        builder.WebHost.UseUrls([.. here, $"https://{options.Address}:{options.Port}"]);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https =>
        {
            https.ServerCertificate = certificate.Server;
            https.ServerCertificateChain = [certificate.Authority];
        }));
        return builder;
    }

    /// <summary>Maps the download of the certificate's authority. It is public: a device needs it before it can sign in.</summary>
    public static WebApplication MapLan(this WebApplication app)
    {
        if (app.Services.GetService<LanCertificate>() is { } certificate)
        {
            var authority = certificate.Authority.Export(X509ContentType.Cert);
            app.MapGet(CertificatePath, () => Results.File(authority, "application/x-x509-ca-cert", "speechbot.cer")).AllowAnonymous();
        }

        return app;
    }

    private static string FolderOf(LanOptions options) => options.Folder.Length > 0
        ? options.Folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "SpeechBot", "lan");
}
