using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace SpeechBot.Web.Keys;

/// <summary>Registers the keys that seal what the page hands to a browser.</summary>
public static class KeyRegistration
{
    /// <summary>Keeps them in the Redis that the history is in; without one they stay with this user, or with this process where nothing can be written.</summary>
    public static WebApplicationBuilder AddKeyRing(this WebApplicationBuilder builder)
    {
        // By default the name is the folder of the program, which need not be the same for every replica.
        builder.Services.AddDataProtection().SetApplicationName("SpeechBot");
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("cache")))
        {
            builder.Services.AddSingleton<KeyRing>();
            builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyRing>((keys, ring) => keys.XmlRepository = ring);
        }

        return builder;
    }
}
