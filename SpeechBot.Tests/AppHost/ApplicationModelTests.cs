using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using SpeechBot.AppHost.Accelerators;
using SpeechBot.AppHost.Cache;
using SpeechBot.AppHost.Models;
using SpeechBot.AppHost.Restart;
using SpeechBot.AppHost.Startup;

namespace SpeechBot.Tests.AppHost;

public sealed class ApplicationModelTests
{
    [Fact]
    public async Task The_application_is_a_cache_a_page_and_three_engines()
    {
        await using var builder = await BuilderAsync();

        // Aspire itself adds a hidden one to each project, which builds it anew on demand.
        var names = builder.Resources.Select(resource => resource.Name).Where(name => !name.EndsWith("-rebuilder", StringComparison.Ordinal));
        Assert.Equal(["cache-password", "cache", "web", "stt", "llm", "tts"], names);
        Assert.IsType<EmbeddedCacheResource>(builder.Resources.Single(resource => resource.Name == "cache"));
    }

    [Fact]
    public async Task Nobody_stands_between_the_services_and_every_crash_is_answered()
    {
        await using var builder = await BuilderAsync();

        var services = builder.Resources.OfType<ProjectResource>().ToArray();
        Assert.All(services, service => Assert.False(Assert.Single(service.Annotations.OfType<EndpointAnnotation>()).IsProxied));
        Assert.All(services, service => Assert.Equal(3, Assert.Single(service.Annotations.OfType<RestartAnnotation>()).Tries));
        Assert.All(services, service => Assert.NotEmpty(service.Annotations.OfType<HealthCheckAnnotation>()));
        Assert.True(Endpoint(builder, "web").IsExternal);
        Assert.False(Endpoint(builder, "llm").IsExternal);
    }

    [Fact]
    public async Task The_accelerator_of_each_engine_is_chosen_in_one_place()
    {
        await using var builder = await BuilderAsync();

        var chosen = builder.Resources.Where(resource => resource.TryGetLastAnnotation<AcceleratorAnnotation>(out _)).ToDictionary(
            resource => resource.Name,
            resource => resource.Annotations.OfType<AcceleratorAnnotation>().Single().Accelerator);

        Assert.Equal(Accelerator.Auto, chosen["stt"]);
        Assert.Equal(Accelerator.Auto, chosen["llm"]);
        Assert.Equal(Accelerator.Cpu, chosen["tts"]);
        Assert.DoesNotContain("web", chosen.Keys);
    }

    [Fact]
    public async Task Brain_and_voice_can_be_changed_while_they_run()
    {
        await using var builder = await BuilderAsync();

        var switchable = builder.Resources.Where(resource => resource.Annotations.OfType<ResourceCommandAnnotation>().Any(command => command.Name == SwitchModelCommand.Name)).ToArray();

        Assert.Equal(["llm", "tts"], switchable.Select(resource => resource.Name));
        Assert.All(switchable, resource =>
        {
            var asked = Assert.Single(resource.Annotations.OfType<ResourceCommandAnnotation>().Single(command => command.Name == SwitchModelCommand.Name).Arguments);
            Assert.Equal((SwitchModelCommand.Model, InputType.Choice), (asked.Name, asked.InputType));
        });
    }

    [Fact]
    public async Task An_unknown_cache_is_refused_with_the_known_ones()
    {
        var refused = await Assert.ThrowsAnyAsync<DistributedApplicationException>(() => BuilderAsync("--Cache=memcached"));

        Assert.Contains("'memcached'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("auto, container or embedded", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_who_needs_it_and_where_to_choose_another()
    {
        using var somebody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        somebody.Start();
        var port = ((System.Net.IPEndPoint)somebody.LocalEndpoint).Port;
        await using var builder = await BuilderAsync();
        Endpoint(builder, "stt").Port = port;

        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        var taken = Assert.Single(app.FindTakenPorts());

        Assert.Equal("stt", taken.Who);
        Assert.Contains($"Port {port} is in use", taken.Advice, StringComparison.Ordinal);
        Assert.Contains("SpeechBot.Stt/Properties/launchSettings.json", taken.Advice, StringComparison.Ordinal);
    }

    private static Task<IDistributedApplicationTestingBuilder> BuilderAsync(string cache = "--Cache=embedded") =>
        DistributedApplicationTestingBuilder.CreateAsync<Projects.SpeechBot_AppHost>([cache], TestContext.Current.CancellationToken);

    private static EndpointAnnotation Endpoint(IDistributedApplicationTestingBuilder builder, string service) =>
        builder.Resources.Single(resource => resource.Name == service).Annotations.OfType<EndpointAnnotation>().Single();
}
