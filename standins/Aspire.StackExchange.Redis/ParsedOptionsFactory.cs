using Microsoft.Extensions.Options;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace Aspire.StackExchange.Redis;

/// <summary>Begins with what the connection string says; a parsed object is the only way, since an existing one cannot take it in.</summary>
internal sealed class ParsedOptionsFactory(
    StackExchangeRedisSettings settings,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> setups,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigures,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validations) : OptionsFactory<ConfigurationOptions>(setups, postConfigures, validations)
{
    protected override ConfigurationOptions CreateInstance(string name)
    {
        var options = settings.ConnectionString is { } text ? ConfigurationOptions.Parse(text) : base.CreateInstance(name);
        if (options.Defaults.GetType() == typeof(DefaultOptionsProvider))
        {
            options.Defaults = new Patient();
        }

        return options;
    }

    /// <summary>Goes on trying where the server is not there yet; a connection string can still say otherwise.</summary>
    private sealed class Patient : DefaultOptionsProvider
    {
        public override bool AbortOnConnectFail => false;
    }
}
