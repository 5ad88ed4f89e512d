using SpeechBot.AppHost.Accelerators;
using SpeechBot.AppHost.Cache;
using SpeechBot.AppHost.Compose;
using SpeechBot.AppHost.Lan;
using SpeechBot.AppHost.Models;
using SpeechBot.AppHost.Restart;
using SpeechBot.AppHost.Services;
using SpeechBot.AppHost.Startup;

// Without a container engine the cache is this program, started by itself with other arguments.
if (args is [CacheServer.Command])
{
    return await CacheServer.RunAsync();
}

var builder = DistributedApplication.CreateBuilder(args);
builder.AddApiKey();

// In the order in which a spoken turn passes through them; it is also the order of the manifest.
var cache = builder.AddCache("cache");
var web = builder.AddService<Projects.SpeechBot_Web>("web").WithExternalHttpEndpoints().WithDashboardLink().WithLan().WithOneArena().CollectsOften();
var stt = builder.AddService<Projects.SpeechBot_Stt>("stt").WithAccelerator(Accelerator.Auto).WithModels()
    .KeepsFreedMemory().ShowsItsModel().WithWarmUp("/v1/audio/transcriptions", WarmUpCommand.Silence);
var llm = builder.AddService<Projects.SpeechBot_Llm>("llm").WithAccelerator(Accelerator.Auto).WithModels()
    .ShowsItsModel().WithModelSwitch().WithWarmUp("/v1/chat/completions", WarmUpCommand.Question);
var tts = builder.AddService<Projects.SpeechBot_Tts>("tts").WithAccelerator(Accelerator.Cpu).WithModels()
    .ShowsItsModel().WithModelSwitch().WithWarmUp("/v1/audio/speech", WarmUpCommand.Word);

// Web waits for nobody: its first page shows how the others get ready, and it lives with a cache that comes later.
web.WithReference(cache).WithReference(stt).WithReference(llm).WithReference(tts);

builder.AddComposePublisher();
builder.AddRestarts();
builder.AnnouncePage(web);

var app = builder.Build();
return app.HasFreePorts() ? await app.RunToEndAsync() : 1;
