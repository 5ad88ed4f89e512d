using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SpeechBot.ServiceDefaults.Cores;

/// <summary>Adds <see cref="CoreLease"/>.</summary>
public static class CoreRegistration
{
    /// <summary>Binds <see cref="CoreLeaseOptions"/> and adds the lease.</summary>
    public static IHostApplicationBuilder AddCoreLease(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<CoreLeaseOptions>().BindConfiguration(CoreLeaseOptions.Section);
        builder.Services.AddSingleton<CoreLease>();
        return builder;
    }
}
