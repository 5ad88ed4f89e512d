using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using SpeechBot.ServiceDefaults.Security;
using SpeechBot.ServiceDefaults.Telemetry;
using SpeechBot.Web.Conversations;

namespace SpeechBot.Web.Clients;

/// <summary>Registers the clients of ears, brain and voice.</summary>
public static class ClientRegistration
{
    private const string BrainClient = "brain";

    /// <summary>Adds the clients; their addresses come from service discovery, the brain's from <see cref="BrainOptions"/>.</summary>
    public static WebApplicationBuilder AddModelClients(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<StageOptions>().BindConfiguration(StageOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<BrainOptions>().BindConfiguration(BrainOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<StageGuard>();
        builder.Services.AddSingleton<ServiceAddresses>();
        builder.Services.AddSingleton<EarsClient>();
        builder.Services.AddTransient<ApiKeyForwarder>();
        builder.Services.AddHttpClient<TranscriptionClient>(http => http.BaseAddress = new Uri("http://stt")).AddHttpMessageHandler<ApiKeyForwarder>();
        builder.Services.AddHttpClient<SpeechClient>(http => http.BaseAddress = new Uri("http://tts")).AddHttpMessageHandler<ApiKeyForwarder>();
        builder.Services.AddHttpClient<BrainCatalogClient>();
        builder.Services.AddHttpClient(BrainClient);
        builder.Services.AddSingleton<BrainInfo>();
        builder.Services.AddSingleton<Brain>();
        builder.Services.AddChatClient(CreateChatClient).UseOpenTelemetry(
            sourceName: TelemetryNames.WebSource, configure: chat => chat.EnableSensitiveData = builder.Configuration.CapturesContent());
        return builder;
    }

    private static IChatClient CreateChatClient(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<BrainOptions>>().Value;
        var key = options.KeyAmong(services.GetRequiredService<IOptions<ApiKeyOptions>>().Value);
        var settings = new OpenAIClientOptions
        {
            Endpoint = options.Address,
            Transport = new HttpClientPipelineTransport(services.GetRequiredService<IHttpClientFactory>().CreateClient(BrainClient)),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };

        // Each request names its model; this one only stands for "not known yet".
        return new OpenAIClient(new ApiKeyCredential(key), settings).GetChatClient("default").AsIChatClient();
    }
}
