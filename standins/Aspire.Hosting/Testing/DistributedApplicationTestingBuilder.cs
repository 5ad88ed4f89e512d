using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Gives a test the application that an entry point describes.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the entry point of the assembly of the given type up to its Build call.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync(typeof(TEntryPoint), [], static (_, _) => { }, cancellationToken);

    /// <summary>Runs the entry point of the assembly of the given type with arguments up to its Build call.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default) where TEntryPoint : class =>
        CreateAsync(typeof(TEntryPoint), args, static (_, _) => { }, cancellationToken);

    /// <summary>Runs the entry point of the assembly of the given type with arguments up to its Build call; options can be changed first.</summary>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        var session = new TestingSession((options, settings) =>
        {
            settings.Args = [.. settings.Args ?? [], .. args];
            options.AssemblyName = entryPoint.Assembly.GetName().Name;
            options.DisableDashboard = true;
            options.EnableResourceLogging = true;
            TestingSettings.Add(entryPoint.Assembly, settings, before: true);
            configureBuilder(options, settings);
            TestingSettings.Add(entryPoint.Assembly, settings, before: false);
        });
        session.Begin(entryPoint, args);
        return new TestingBuilder(await session.Builder.WaitAsync(cancellationToken).ConfigureAwait(false), session);
    }

    private sealed class TestingBuilder(DistributedApplicationBuilder inner, TestingSession session) : IDistributedApplicationTestingBuilder
    {
        public ConfigurationManager Configuration => inner.Configuration;

        public string AppHostDirectory => inner.AppHostDirectory;

        public Assembly? AppHostAssembly => inner.AppHostAssembly;

        public IHostEnvironment Environment => inner.Environment;

        public IServiceCollection Services => inner.Services;

        public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

        public IDistributedApplicationEventing Eventing => inner.Eventing;

        public IResourceCollection Resources => inner.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource) where T : IResource => inner.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource) where T : IResource => inner.CreateResourceBuilder(resource);

        public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => session.BuildAsync().WaitAsync(cancellationToken);

        public void Dispose() => session.End();

        public ValueTask DisposeAsync()
        {
            session.End();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The description of an application in the hands of a test.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Ends the description.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
