using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Lets a test take the place of the entry point: it gets the builder before Build, and the application after it.</summary>
internal sealed class TestingSession(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<TestingSession?> Session = new();
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _mayBuild = new();

    public static TestingSession? Current => Session.Value;

    public Task<DistributedApplicationBuilder> Builder => _builder.Task;

    public Task Ended => _ended.Task;

    /// <summary>Runs the entry point beside the test, up to the moment where it would build the application.</summary>
    public void Begin(Type entryPoint, string[] args)
    {
        var main = entryPoint.Assembly.EntryPoint ?? throw new InvalidOperationException($"{entryPoint.Assembly.GetName().Name} has no entry point.");
        _ = Task.Factory.StartNew(() =>
        {
            Session.Value = this;
            try
            {
                var result = main.Invoke(null, main.GetParameters().Length == 0 ? null : [args]);
                (result as Task)?.GetAwaiter().GetResult();
                Fail(new InvalidOperationException($"{entryPoint.Assembly.GetName().Name} ended before it built an application."));
            }
            catch (Exception failure)
            {
                Fail(failure is System.Reflection.TargetInvocationException { InnerException: { } cause } ? cause : failure);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        settings.Configuration ??= new ConfigurationManager();
        configure(options, settings);
        options.Args = settings.Args;
    }

    public void WaitForTest(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _mayBuild.Wait();
    }

    public Task<DistributedApplication> BuildAsync()
    {
        _mayBuild.Set();
        return _application.Task;
    }

    public void Built(DistributedApplication application) => _application.TrySetResult(application);

    public void End()
    {
        _mayBuild.Set();
        _ended.TrySetResult();
    }

    private void Fail(Exception failure)
    {
        _builder.TrySetException(failure);
        _application.TrySetException(failure);
    }
}
